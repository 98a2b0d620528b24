using P25.Deploys;
using P25.Ledger;

namespace PcBench.P25Tests.Deploys;

/// <summary>What the ledger says of a deploy or rollback.</summary>
public class RunRecordTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("it does not answer")]
    public async Task It_says_started_until_it_is_known_how_it_ended(string? problem)
    {
        var cluster = new StandIn(Make.Ledger((Make.Release('a'), Ending.Verified)), "superseded", "deployed");
        var session = cluster.Session();
        var run = new RunRecord(session, session.Contours["stage"]);

        await run.BeginAsync(number => Make.Ledger((Make.Release('b'), Ending.Started)).Records[0] with { Number = number, Told = true }, TestContext.Current.CancellationToken);
        cluster.Ledger.Unfinished!.Number.ShouldBe(2);

        await run.EndAsync(problem, TestContext.Current.CancellationToken);
        cluster.Ledger.Unfinished.ShouldBeNull();
        var record = cluster.Ledger.Records[1];
        (record.Ending, record.Detail, record.Revision, record.Told).ShouldBe((problem is null ? Ending.Verified : Ending.Failed, problem, 2, false));
        record.Seconds.ShouldNotBeNull();
    }
}
