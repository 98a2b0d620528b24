using P25.Ledger;
using P25.Releases;

namespace P25.Policy;

/// <summary>What is known when a deploy stands before its gate.</summary>
/// <param name="Release">What is to be deployed.</param>
/// <param name="Ledger">The contour's own ledger.</param>
/// <param name="Upstream">The ledger of the contour in which it must have been verified; null where there is none to look at.</param>
/// <param name="Actor">Who deploys.</param>
/// <param name="Reason">Why.</param>
/// <param name="Confirmed">Whether the contour's name was given as confirmation.</param>
/// <param name="Plan">The plan's hash.</param>
/// <param name="Now">The time.</param>
internal sealed record GateFacts(
    Release Release, LedgerState Ledger, LedgerState? Upstream, string Actor, string? Reason, bool Confirmed, string Plan, DateTimeOffset Now);

/// <summary>A refusal, and what to do.</summary>
internal sealed record Refusal(string Reason, string Fix);

/// <summary>Whether a release may pass a contour's gate. Pure.</summary>
internal static class GateRules
{
    /// <returns>All that stands against it; empty where it may pass.</returns>
    public static IEnumerable<Refusal> Check(ContourRules contour, GateFacts facts)
    {
        if (facts.Ledger.HoldOn(facts.Release) is { } hold)
        {
            yield return new Refusal(
                $"{(hold.Id is null ? $"{contour.Name} is on hold" : $"{facts.Release} is on hold")} since {hold.At:yyyy-MM-dd HH:mm} UTC by {hold.Actor}: {hold.Reason}",
                $"Deploy a release that differs, or lift the hold: p25 release {contour.Name} {hold.Number} --reason '…'");
        }

        if (RollbackRules.Check(facts.Ledger, facts.Release) is { } impossible)
            yield return impossible; // an older release is no way back either, by whatever command
        if (contour.From is { } from && Unverified(facts, from) is { } unverified)
            yield return unverified;
        if (contour.Gate != Gate.Approval)
            yield break;
        if (string.IsNullOrWhiteSpace(facts.Reason))
            yield return new Refusal("There is no reason.", "Say why with --reason.");
        if (!facts.Confirmed)
            yield return new Refusal("It is not confirmed.", $"Add --confirm {contour.Name}.");
        if (Unapproved(contour, facts) is { } unapproved)
            yield return unapproved;
    }

    /// <summary>The approval by which it may pass; null where there is none.</summary>
    public static Approval? ApprovalOf(ContourRules contour, GateFacts facts) =>
        facts.Ledger.Approvals.LastOrDefault(approval => approval.Plan == facts.Plan && Objection(contour, facts, approval) is null);

    private static Refusal? Unverified(GateFacts facts, string from)
    {
        if (facts.Upstream is null)
            return new Refusal($"The ledger of {from} cannot be read, so nobody knows whether these digests were verified there.", $"Give a kubeconfig that may read it in P25_KUBECONFIG_{from.ToUpperInvariant().Replace('-', '_')}.");
        var verified = facts.Upstream.Records.Where(LedgerState.IsVerified).Where(record => record.Release?.Id == facts.Release.Id).ToList();
        if (verified.Count == 0)
            return new Refusal($"The digests of {facts.Release} were never verified in {from}.", $"Deploy a beta of this commit, then 'p25 promote'. 'p25 history {from}' lists what was verified.");
        if (verified.All(record => record.Release!.Commit != facts.Release.Commit))
            return new Refusal($"These digests were verified in {from} as commit {Short(verified[^1].Release!.Commit)}, not {Short(facts.Release.Commit)}.", "Tag the commit that the beta was built of.");
        return facts.Upstream.HoldOn(facts.Release) is { } hold
            ? new Refusal($"{facts.Release} is on hold in {from}: {hold.Reason}", $"Lift that hold first: p25 release {from} {hold.Number} --reason '…'")
            : null;
    }

    private static Refusal? Unapproved(ContourRules contour, GateFacts facts)
    {
        if (ApprovalOf(contour, facts) is not null)
            return null;
        var approve = $"Somebody else looks at the plan and runs: p25 approve {contour.Name} --plan plan.json --reason '…'";
        if (facts.Ledger.Approvals.LastOrDefault(approval => approval.Plan == facts.Plan) is { } rejected)
            return new Refusal(Objection(contour, facts, rejected)!, approve);
        return facts.Ledger.Approvals.LastOrDefault(approval => facts.Now - approval.At <= contour.Approval.ValidFor) is { } other
            ? new Refusal($"The approval by {other.Approver} is for plan {Short(other.Plan)}; this plan is {Short(facts.Plan)}.", approve)
            : new Refusal($"Nobody has approved plan {Short(facts.Plan)}.", approve);
    }

    private static string? Objection(ContourRules contour, GateFacts facts, Approval approval)
    {
        if (contour.Approval.OtherThanActor && string.Equals(approval.Approver, facts.Actor, StringComparison.OrdinalIgnoreCase))
            return $"{approval.Approver} approved the plan and deploys it: four eyes are asked for.";
        if (contour.Approval.By.Count > 0 && !contour.Approval.By.Contains(approval.Approver, StringComparer.OrdinalIgnoreCase))
            return $"{approval.Approver} may not approve; {string.Join(", ", contour.Approval.By)} may.";
        return facts.Now - approval.At > contour.Approval.ValidFor || approval.At > facts.Now.AddMinutes(5)
            ? $"The approval by {approval.Approver} of {approval.At:yyyy-MM-dd HH:mm} UTC holds no longer."
            : null;
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
