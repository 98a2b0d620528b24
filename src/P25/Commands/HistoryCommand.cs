using System.CommandLine;
using P25.Ledger;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 history</c>: what was done to a contour.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var limit = new Option<int>("--limit") { Description = "At most so many records, the newest. Default: 20.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LedgerState.MaxRecords)
                result.AddError($"--limit must be 1 to {LedgerState.MaxRecords}.");
        });
        var command = new CommandWithExamples("history", "Show what was done to a contour, newest first: who, what, why, who approved it, how it ended.", """
            p25 history stage
            p25 history prod --limit 5 --json
            """)
        {
            contour, limit,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            IReadOnlyList<LedgerRecord> records = [.. (await session.Ledger(where).ReadAsync(cancel)).Records.Reverse().Take(parsed.GetValue(limit))];
            CommonOptions.Answer(session, records, P25Json.Readable.IReadOnlyListLedgerRecord, records.SelectMany(Lines));
            return P25ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Lines(LedgerRecord record)
    {
        var took = record.Seconds is { } seconds ? $" in {seconds:0.#} s" : "";
        var approver = record.Approver is { } name && record.Deed == Deed.Deploy ? $", approved by {name}" : "";
        yield return $"{record.Number,4}  {record.At:yyyy-MM-dd HH:mm:ss}  {record.Deed.ToString().ToLowerInvariant(),-8} {record.Ending.ToString().ToLowerInvariant(),-11} {record.Release?.ToString() ?? record.Plan?[..12] ?? "everything"}{took}, by {record.Actor}{approver}";
        yield return $"      {record.Reason}";
        if (record.Detail is { } detail)
            yield return $"      {detail}";
    }
}
