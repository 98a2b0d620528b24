using P25.Ledger;

namespace PcBench.P25Tests.Deploys;

/// <summary>What the hub is told of a contour.</summary>
public class AnnouncerTests
{
    [Fact]
    public async Task What_was_told_is_not_told_again_unless_it_changed()
    {
        var cluster = new StandIn(Make.Ledger((Make.Release('a'), Ending.Verified), (Make.Release('b'), Ending.Started)));
        var session = cluster.Session();
        var stage = session.Contours["stage"];

        await session.Announcer(stage).TellAsync(TestContext.Current.CancellationToken);
        cluster.Changes.Count.ShouldBe(2);
        cluster.Ledger.Records.ShouldAllBe(record => record.Told);

        await session.Announcer(stage).TellAsync(TestContext.Current.CancellationToken);
        cluster.Changes.Count.ShouldBe(2);

        await session.Ledger(stage).ChangeAsync(state => state.Replace(state.Records[1] with { Ending = Ending.Failed, Told = false }), TestContext.Current.CancellationToken);
        await session.Announcer(stage).TellAsync(TestContext.Current.CancellationToken);
        cluster.Changes.Count.ShouldBe(3);
    }
}
