using P25.Ledger;
using P25.Releases;

namespace P25.Policy;

/// <summary>Where a rollback goes, and whether it may. Pure.</summary>
internal static class RollbackRules
{
    /// <summary>The release to go back to: the last verified one that is not what stands now, and is not on hold.</summary>
    /// <param name="ledger">The contour's ledger.</param>
    /// <param name="wanted">A release's id or version, where a certain one is asked for.</param>
    /// <returns>Its record; null where there is none.</returns>
    public static LedgerRecord? Target(LedgerState ledger, string? wanted = null)
    {
        var verified = ledger.Records.Where(LedgerState.IsVerified).Where(record => record.Release is not null);
        if (wanted is not null)
            return verified.LastOrDefault(record => record.Release!.Id == wanted || record.Release.Version == wanted);

        // What failed never stood; what was verified is what one wants to leave.
        var standing = ledger.Latest is { Ending: Ending.Verified } latest ? latest.Release?.Id : null;
        return verified.LastOrDefault(record => record.Release!.Id != standing && ledger.HoldOn(record.Release) is null);
    }

    /// <summary>Contract migrations that the database may have seen of a release; where a migration failed, all but the last were perhaps done.</summary>
    public static IEnumerable<string> Done(Release release, bool failed) => release.Contracts.Where(name => !failed || name != release.Migrations[^1]);

    /// <summary>Contract migrations that the database has and the target does not know: it cannot run on them.</summary>
    public static IReadOnlyList<string> MissingContracts(LedgerState ledger, Release target) => [.. ledger.Contracts.Except(target.Migrations)];

    /// <summary>Why it may not be.</summary>
    public static Refusal? Check(LedgerState ledger, Release target) => MissingContracts(ledger, target) is { Count: > 0 } missing
        ? new Refusal(
            $"{target} cannot run on this database: {string.Join(", ", missing)} took away what it needs.",
            "Fix forward: deploy a new release. A database taken back to before the migration loses what came since.")
        : null;
}
