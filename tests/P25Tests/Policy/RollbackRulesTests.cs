using P25.Ledger;
using P25.Policy;

namespace PcBench.P25Tests.Policy;

public class RollbackRulesTests
{
    [Fact]
    public void From_a_failed_release_it_goes_to_the_last_verified() =>
        Target(Make.Ledger((Make.Release('a'), Ending.Verified), (Make.Release('b'), Ending.Verified), (Make.Release('c'), Ending.Failed))).ShouldBe(Make.Release('b').Id);

    [Fact]
    public void From_a_verified_release_it_goes_to_the_one_before() =>
        Target(Make.Ledger((Make.Release('a'), Ending.Verified), (Make.Release('b'), Ending.Verified), (Make.Release('b'), Ending.Verified))).ShouldBe(Make.Release('a').Id);

    [Fact]
    public void A_second_rollback_goes_further_back_and_not_to_what_the_first_one_left()
    {
        var ledger = Make.Ledger((Make.Release('a'), Ending.Verified), (Make.Release('b'), Ending.Verified), (Make.Release('c'), Ending.Verified));
        ledger = Holds.Place(ledger, Make.Release('c'), "bad", "alice", Make.Now);
        ledger = Make.Deployed(ledger, Make.Release('b'), Ending.Verified, Deed.Rollback);

        Target(ledger).ShouldBe(Make.Release('a').Id);
    }

    [Fact]
    public void Where_nothing_was_verified_there_is_nothing_to_go_to() => RollbackRules.Target(Make.Ledger((Make.Release('a'), Ending.Failed))).ShouldBeNull();

    [Fact]
    public void A_certain_release_must_have_been_verified()
    {
        var ledger = Make.Ledger((Make.Release('a', "1.0.0"), Ending.Verified), (Make.Release('b', "1.1.0"), Ending.Failed), (Make.Release('c', "1.2.0"), Ending.Verified));

        RollbackRules.Target(ledger, "1.0.0")!.Release!.Version.ShouldBe("1.0.0");
        RollbackRules.Target(ledger, Make.Release('a').Id)!.Release!.Version.ShouldBe("1.0.0");
        RollbackRules.Target(ledger, "1.1.0").ShouldBeNull();
    }

    [Fact]
    public void Across_a_contract_migration_there_is_no_way_back()
    {
        var before = Make.Release('a');
        var after = Make.Release('b', migrations: ["0001-expand-results", "0002-contract-results"]);

        RollbackRules.Check(Make.Ledger((before, Ending.Verified), (after, Ending.Verified)), before)!.Reason.ShouldContain("0002-contract-results");
        RollbackRules.Check(Make.Ledger((after, Ending.Verified), (Make.Release('c', migrations: [.. after.Migrations]), Ending.Verified)), after).ShouldBeNull();
    }

    [Fact]
    public void Where_a_migration_failed_what_came_before_the_last_step_counts_as_done()
    {
        RollbackRules.Done(Make.Release('a', migrations: ["0001-contract-a", "0002-expand-b"]), failed: true).ShouldBe(["0001-contract-a"]);
        RollbackRules.Done(Make.Release('a', migrations: ["0001-expand-a", "0002-contract-b"]), failed: true).ShouldBeEmpty();
        RollbackRules.Done(Make.Release('a', migrations: ["0001-expand-a", "0002-contract-b"]), failed: false).ShouldBe(["0002-contract-b"]);
    }

    [Fact]
    public void Expanding_migrations_do_not_stand_in_the_way() =>
        RollbackRules.Check(Make.Ledger((Make.Release('a'), Ending.Verified), (Make.Release('b', migrations: ["0001-expand-results", "0002-expand-events"]), Ending.Verified)), Make.Release('a')).ShouldBeNull();

    [Fact]
    public void A_contract_is_remembered_after_its_record_is_forgotten()
    {
        var ledger = Make.Ledger((Make.Release('b', migrations: ["0002-contract-results"]), Ending.Failed));
        for (var i = 0; i < 3 * LedgerState.MaxRecords; i++)
            ledger = Make.Deployed(ledger, Make.Release('c'), Ending.Failed);

        ledger.Records.Count.ShouldBe(LedgerState.MaxRecords);
        RollbackRules.Check(ledger, Make.Release('a')).ShouldNotBeNull();
    }

    private static string? Target(LedgerState ledger) => RollbackRules.Target(ledger)?.Release?.Id;
}
