using System.CommandLine;
using System.Text.Json;
using PcBench.Backend.Features.Appeals;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary><c>backend appeals</c>: what owners say against flags, and the decisions.</summary>
internal static class AppealsCommand
{
    /// <param name="withParts">How the service is reached.</param>
    /// <param name="output">Where to write; null for the process's own streams.</param>
    public static Command Create(WithParts withParts, Output? output = null)
    {
        var written = output ?? Output.OfProcess();
        var command = new CommandWithExamples("appeals", "List appeals against flags and decide them. A decision holds at once and whatever a later assessment says; all are kept.", """
            backend appeals list
            backend appeals accept k3v9x2mq7d0a5b8c1e4f --reason "water-cooled, seen in the samples" --by anna
            backend appeals reject k3v9x2mq7d0a5b8c1e4f --reason "no such processor reaches this"
            """)
        {
            List(withParts, written), Decide("accept", true, withParts, written), Decide("reject", false, withParts, written),
        };
        return command;
    }

    private static CommandWithExamples List(WithParts withParts, Output written)
    {
        var all = new Option<bool>("--all") { Description = "Also those that were decided, with their decisions." };
        var json = CommonOptions.Json();
        var command = new CommandWithExamples("list", "List the appeals that wait, the oldest first, at most 200.", """
            backend appeals list
            backend appeals list --all --json
            """)
        {
            all, json,
        };
        command.SetAction((parsed, cancel) => withParts(async parts =>
        {
            var cases = await AppealSql.ListAsync(parts.GetRequiredService<Database>(), parsed.GetValue(all), cancel);
            written.Data(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new AppealList(cases), ApiJson.Default.AppealList)
                : TextTable.Of(["result", "appealed", "cpu", "flag", "decision", "text"], cases.Select(Row)));
        }));
        return command;
    }

    private static CommandWithExamples Decide(string name, bool accepted, WithParts withParts, Output written)
    {
        var id = new Argument<string>("result") { Description = "Id of the result." };
        var reason = new Option<string>("--reason") { Description = "Why; the owner reads it. 3 to 2000 characters.", Required = true };
        var by = new Option<string>("--by") { Description = "Who decides. Default: the user of this system.", DefaultValueFactory = _ => Environment.UserName };
        var command = new CommandWithExamples(
            name, accepted ? "Let a flagged result count in spite of its flag." : "Let the flag stand.", $"backend appeals {name} k3v9x2mq7d0a5b8c1e4f --reason \"…\"")
        {
            id, reason, by,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var decision = new DecisionRequest(accepted, parsed.GetRequiredValue(reason), parsed.GetRequiredValue(by));
            if (AppealRules.Check(decision) is { Count: > 0 } wrong)
            {
                foreach (var error in wrong)
                    written.Error(error.ToString());
                return ExitCodes.Usage;
            }

            var outcome = DecisionOutcome.Done;
            var code = await withParts(async parts =>
            {
                await parts.GetRequiredService<BoardNumbers>().LoadAsync(parts.GetRequiredService<Database>(), cancel);
                outcome = await parts.GetRequiredService<AppealStore>().DecideAsync(parsed.GetRequiredValue(id), decision, cancel);
            });
            if (code != ExitCodes.Ok)
                return code;
            if (outcome == DecisionOutcome.Done)
                written.Data(parsed.GetRequiredValue(id));
            else
                written.Error($"There is no appeal of '{parsed.GetRequiredValue(id)}'.", "'backend appeals list' shows the appeals that wait.");
            return outcome == DecisionOutcome.Done ? ExitCodes.Ok : ExitCodes.NotFound;
        });
        return command;
    }

    private static string[] Row(AppealCase one) =>
    [
        one.ResultId, $"{one.AppealedAt:yyyy-MM-ddTHH:mm:ssZ}", one.CpuName, one.Assessment?.Findings.FirstOrDefault()?.Text ?? "-",
        one.Decisions.FirstOrDefault() is { } decision ? $"{(decision.Accepted ? "accepted" : "rejected")} by {decision.By}" : "-",
        one.Text.ReplaceLineEndings(" "),
    ];
}
