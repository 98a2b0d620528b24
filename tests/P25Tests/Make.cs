using P25.Ledger;
using P25.Policy;
using P25.Releases;

namespace PcBench.P25Tests;

/// <summary>Releases, records and contours for tests.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ContourRules Stage = new("stage", AcceptedRefs.Main, Gate.Automatic, RollbackMode.Automatic, null, ApprovalRules.Default);
    public static readonly ContourRules Beta = new("beta", AcceptedRefs.Beta, Gate.Workflow, RollbackMode.Workflow, null, ApprovalRules.Default);
    public static readonly ContourRules Prod = new("prod", AcceptedRefs.Release, Gate.Approval, RollbackMode.Manual, "beta", ApprovalRules.Default);

    public static IReadOnlyList<ContourRules> Contours => [Stage, Beta, Prod];

    /// <summary>The digest of an image in a release that is made of one letter.</summary>
    public static string Digest(string name, char letter) => $"sha256:{new string(letter, 63)}{Array.IndexOf(P25.Releases.Release.ImageNames, name)}";

    /// <summary>A release whose digests, content and commit are made of one letter.</summary>
    public static Release Release(char letter, string version = "main-0", string[]? migrations = null, char? commit = null) => new()
    {
        Schema = P25.Releases.Release.CurrentSchema,
        Version = version,
        Ref = "refs/heads/main",
        Commit = new string(commit ?? letter, 40),
        Content = $"content {letter}",
        BuiltAt = Now,
        BuiltBy = "alice",
        Images = P25.Releases.Release.ImageNames.ToDictionary(name => name, name => new ImageRef($"registry.example/pcbench/{name}", Digest(name, letter))),
        Migrations = migrations ?? ["0001-expand-results"],
    };

    /// <summary>A ledger in which these were deployed one after the other.</summary>
    public static LedgerState Ledger(params (Release Release, Ending Ending)[] deploys) => deploys.Aggregate(LedgerState.Empty, (state, deploy) => Deployed(state, deploy.Release, deploy.Ending));

    public static LedgerState Deployed(LedgerState state, Release release, Ending ending, Deed deed = Deed.Deploy) => state.Seen(release.Contracts).Add(new LedgerRecord
    {
        Number = state.NextNumber,
        Deed = deed,
        Ending = ending,
        At = Now,
        Release = release,
        Revision = state.NextNumber,
        Actor = "alice",
        Reason = "a test",
    });
}
