using P25.Deploys;
using P25.Ledger;

namespace PcBench.P25Tests.Deploys;

/// <summary>What becomes of a deploy whose p25 was killed. The real thing is tests/ClusterTests.</summary>
public class RecoveryTests
{
    private static readonly P25.Releases.Release Good = Make.Release('a');
    private static readonly P25.Releases.Release Begun = Make.Release('b');
    private static readonly P25.Releases.Release Narrowing = Make.Release('b', migrations: ["0001-expand-results", "0002-contract-results"]);

    [Fact]
    public async Task What_was_verified_last_is_brought_back()
    {
        var cluster = await RecoverAsync(new(Make.Ledger((Good, Ending.Verified), (Begun, Ending.Started)), "deployed", "pending-upgrade"));

        cluster.Changes.ShouldBe(["helm rollback 1"]);
        cluster.Ledger.Unfinished.ShouldBeNull();
        cluster.Ledger.Records.Select(record => (record.Deed, record.Ending)).ShouldBe([(Deed.Deploy, Ending.Verified), (Deed.Deploy, Ending.Interrupted), (Deed.Recover, Ending.Done)]);
    }

    [Fact]
    public async Task Helm_is_asked_again_where_it_stumbles_over_an_object_that_the_broken_revision_took_away()
    {
        var cluster = new StandIn(Make.Ledger((Good, Ending.Verified), (Begun, Ending.Started)), "deployed", "pending-upgrade");
        cluster.RollbackErrors.Enqueue("Error: original object Job with the name \"migrate\" not found");

        (await RecoverAsync(cluster)).Changes.ShouldBe(["helm rollback 1", "helm rollback 1"]);
    }

    [Fact]
    public async Task Where_nothing_was_ever_verified_the_pending_revision_makes_way() =>
        (await RecoverAsync(new(Make.Ledger((Begun, Ending.Started)), "pending-install"))).Changes.ShouldBe(["kubectl delete secret sh.helm.release.v1.pcbench.v1"]);

    [Fact]
    public async Task What_may_have_lost_its_tables_is_not_brought_back()
    {
        // Killed after the record was written, before it was known what the migration did.
        var ledger = Make.Ledger((Good, Ending.Verified), (Narrowing, Ending.Started)) with { Contracts = [] };

        var cluster = await RecoverAsync(new(ledger, "deployed", "pending-upgrade"));

        cluster.Changes.ShouldBe(["kubectl delete secret sh.helm.release.v1.pcbench.v2"]);
        cluster.Ledger.Contracts.ShouldBe(["0002-contract-results"]);
    }

    [Fact]
    public async Task What_was_rolled_out_and_not_written_down_stays()
    {
        var cluster = await RecoverAsync(new(Make.Ledger((Good, Ending.Verified), (Begun, Ending.Started)), "superseded", "deployed"));

        cluster.Changes.ShouldBeEmpty();
        cluster.Ledger.Records[1].Ending.ShouldBe(Ending.Interrupted);
    }

    [Fact]
    public async Task Where_nothing_is_left_nothing_is_done()
    {
        var cluster = await RecoverAsync(new(Make.Ledger((Good, Ending.Verified)), "deployed"));

        cluster.Changes.ShouldBeEmpty();
        cluster.Ledger.Records.Count.ShouldBe(1);
    }

    private static async Task<StandIn> RecoverAsync(StandIn cluster)
    {
        var session = cluster.Session();
        await new Recovery(session, session.Contours["stage"]).RunAsync("alice", TestContext.Current.CancellationToken);
        return cluster;
    }
}
