using System.CommandLine;
using System.Text.Json;
using PcBench.Ml.Registry;
using PcBench.Ml.Training;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary><c>ml train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(Output? output = null)
    {
        var data = new Option<string[]>("--data") { Description = "CSV files of machines, or a folder of them.", Required = true, AllowMultipleArgumentsPerToken = true };
        var seed = new Option<int>("--seed") { Description = "Seed of all chance: the same data and seed give the same model.", DefaultValueFactory = _ => 1 };
        var folder = new Option<string?>("--out") { Description = "Also write model.bin, card.json and report.html into this folder." };
        var keep = new Option<bool>("--no-activate") { Description = "Store it, whatever the active one is." };
        var force = new Option<bool>("--activate") { Description = "Activate it even where it is worse than the active one." };
        var fresh = new Option<int?>("--if-new") { Description = "Do nothing unless there are at least so many rows more than the active model was trained on." };
        var json = new Option<bool>("--json") { Description = "Print the model card as JSON." };
        var command = new CommandWithExamples("train", "Train a model, store it, and activate it unless it is worse than the active one.", """
            ml train --data data/
            ml train --data machines.csv passmark_cpus.csv --out model/ --no-activate
            ml train --data data/ --if-new 200        # for a nightly job
            """) { data, seed, folder, keep, force, fresh, json };
        command.SetAction((parsed, cancel) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async registry =>
            {
                var files = Work.Tables(parsed.GetValue(data)!);
                var active = await registry.ActiveAsync(cancel) is { } activation ? await registry.CardAsync(activation.Version, cancel) : null;
                if (parsed.GetValue(fresh) is { } least && active is not null && files.Sum(file => Tables.Table.Read(file).Rows.Count) - active.Data.Sum(file => file.Rows) is var more && more < least)
                {
                    to.People.WriteLineSafe($"{more} new rows, fewer than {least}: model {active.Version} stays.");
                    return ExitCodes.Ok;
                }

                var trained = Trainer.Train(files, parsed.GetValue(seed), TimeProvider.System.GetUtcNow(), line => to.People.WriteLineSafe(line), cancel);
                if (trained.File.Metrics.Count == 0)
                {
                    to.Error("There is not enough data for any metric. Nothing was stored.");
                    return ExitCodes.Refused;
                }

                var report = Report.Of(trained);
                await registry.StoreAsync(trained.Bytes, trained.Card, report, cancel);
                if (parsed.GetValue(folder) is { } path)
                    await WriteAsync(path, trained, report, cancel);
                await ActivateAsync(registry, trained.Card, active, parsed.GetValue(keep), parsed.GetValue(force), to, cancel);
                if (parsed.GetValue(json))
                    to.Data(JsonSerializer.Serialize(trained.Card, RegistryJson.Default.ModelCard));
                else
                    to.Data(trained.Card.Version);
                return ExitCodes.Ok;
            }, cancel);
        });
        return command;
    }

    private static async Task ActivateAsync(ModelRegistry registry, ModelCard card, ModelCard? active, bool keep, bool force, Output to, CancellationToken cancel)
    {
        if (keep)
        {
            to.People.WriteLineSafe($"Model {card.Version} is stored. 'ml models activate {card.Version}' makes it active.");
        }
        else if (!force && active is not null && active.Version != card.Version && card.IsWorseThan(active))
        {
            to.People.WriteLineSafe($"Model {card.Version} is stored and not activated: on the families both held out it is worse than {active.Version}. 'ml models activate {card.Version}' makes it active all the same.");
        }
        else
        {
            await registry.ActivateAsync(card.Version, cancel);
            to.People.WriteLineSafe($"Model {card.Version} is active.");
        }
    }

    private static async Task WriteAsync(string folder, Trained trained, string report, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "model.bin"), trained.Bytes, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "card.json"), JsonSerializer.Serialize(trained.Card, RegistryJson.Default.ModelCard), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), report, cancel);
    }
}
