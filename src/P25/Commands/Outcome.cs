using P25.Ledger;

namespace P25.Commands;

/// <summary>How a command that changes a contour ended.</summary>
/// <param name="Contour">Where.</param>
/// <param name="Record">What it did.</param>
/// <param name="Rollback">The rollback that followed, where one did.</param>
internal sealed record Outcome(string Contour, LedgerRecord Record, LedgerRecord? Rollback)
{
    public int ExitCode => (Record.Ending, Rollback?.Ending) switch
    {
        (Ending.Verified, _) => P25ExitCodes.Ok,
        (_, Ending.Verified) => P25ExitCodes.RolledBack,
        _ => P25ExitCodes.Failed,
    };

    public IEnumerable<string> Lines()
    {
        yield return $"{Record.Deed.ToString().ToLowerInvariant()} {Record.Release} to {Contour}: {Record.Ending.ToString().ToLowerInvariant()} in {Record.Seconds:0.#} s (record {Record.Number}, revision {Record.Revision})";
        if (Record.Detail is { } detail)
            yield return $"  {detail}";
        if (Rollback is { } rollback)
            yield return $"rolled back to {rollback.Release}: {rollback.Ending.ToString().ToLowerInvariant()} in {rollback.Seconds:0.#} s (record {rollback.Number}, revision {rollback.Revision}){(rollback.Detail is { } why ? $": {why}" : "")}";
    }
}
