using P25.Ledger;
using P25.Releases;

namespace P25.Policy;

/// <summary>Which verified release a tag promotes. Pure.</summary>
internal static class PromotionRules
{
    /// <param name="tag">The release's version.</param>
    /// <param name="commit">The commit that the tag names.</param>
    /// <param name="from">Name of the contour that it was verified in.</param>
    /// <param name="ledger">That contour's ledger.</param>
    /// <param name="refusal">Why there is none.</param>
    public static Release? Promote(ReleaseVersion tag, string commit, string from, LedgerState ledger, out Refusal? refusal)
    {
        refusal = null;
        var betas = ledger.Records.Where(LedgerState.IsVerified)
            .Where(record => ReleaseVersion.Read($"v{record.Release?.Version}", out _)?.Release == tag).ToList();
        var record = betas.LastOrDefault(one => one.Release!.Commit == commit);
        if (record is null)
        {
            refusal = betas.Count == 0
                ? new Refusal($"No beta of {tag} was ever verified in {from}.", $"Tag this commit v{tag}-beta1 first, and let it be verified in {from}.")
                : new Refusal(
                    $"v{tag} names commit {commit[..12]}; what was verified in {from} is {string.Join(", ", betas.Select(one => $"{one.Release!.Version} of {one.Release.Commit[..12]}").Distinct())}.",
                    "Move the tag to a commit that was verified, or verify this one as a beta.");
            return null;
        }

        var beta = record.Release!;
        if (ledger.HoldOn(beta) is { } hold)
        {
            refusal = new Refusal($"{beta} is on hold in {from}: {hold.Reason}", $"Fix it in a new beta, or lift the hold: p25 release {from} {hold.Number} --reason '…'");
            return null;
        }

        return beta with { Version = $"{tag}", Ref = $"refs/tags/v{tag}", PromotedFrom = new Promotion(from, beta.Version, record.Number) };
    }
}
