using System.CommandLine;
using System.Text.Json;
using PcBench.Ml.Registry;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary><c>ml models</c>: the registry.</summary>
internal static class ModelsCommand
{
    public static Command Create(Output? output = null) => new CommandWithExamples("models", "List the models of the registry, activate one, or go back to the one before.", """
        ml models list
        ml models activate m-8f3a91c20d4e
        ml models rollback
        """) { List(output), Activate(output), Rollback(output) };

    private static CommandWithExamples List(Output? output)
    {
        var json = new Option<bool>("--json") { Description = "Print the model cards as JSON." };
        var command = new CommandWithExamples("list", "List the models, the newest first; * is active.", "ml models list --json") { json };
        command.SetAction((parsed, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                var (cards, active) = (await registry.ListAsync(cancel), await registry.ActiveAsync(cancel));
                if (parsed.GetValue(json))
                {
                    to.Data(JsonSerializer.Serialize(cards, RegistryJson.Default.ListModelCard));
                    return ExitCodes.Ok;
                }

                if (cards.Count == 0)
                    to.Say("There is no model. 'ml train --data FOLDER' makes one.");
                foreach (var card in cards)
                {
                    var errors = string.Join("  ", card.Metrics.Where(metric => metric.All is not null).Select(metric => FormattableString.Invariant($"{metric.Metric} {metric.All!.MdApe:F1} %")));
                    to.Data(FormattableString.Invariant($"{(card.Version == active?.Version ? "*" : " ")} {card.Version}  {card.Date:yyyy-MM-dd HH:mm}  {card.Data.Sum(file => file.Rows)} rows  {errors}"));
                }

                return ExitCodes.Ok;
            }, end);
        });
        return command;
    }

    private static CommandWithExamples Activate(Output? output)
    {
        var version = new Argument<string>("version") { Description = "Version of the model." };
        var command = new CommandWithExamples("activate", "Make a model the active one. Services take it within Ml:ReloadSeconds.", "ml models activate m-8f3a91c20d4e") { version };
        command.SetAction((parsed, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                await registry.ActivateAsync(parsed.GetValue(version)!, cancel);
                to.Data(parsed.GetValue(version)!);
                return ExitCodes.Ok;
            }, end);
        });
        return command;
    }

    private static CommandWithExamples Rollback(Output? output)
    {
        var command = new CommandWithExamples("rollback", "Activate the model that was active before.", "ml models rollback");
        command.SetAction((_, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                if (await registry.RollbackAsync(cancel) is { } version)
                {
                    to.Data(version);
                    return ExitCodes.Ok;
                }

                to.Error("No model was active before.");
                return ExitCodes.NotFound;
            }, end);
        });
        return command;
    }
}
