using P25.Ledger;
using P25.Policy;
using P25.Releases;

namespace PcBench.P25Tests.Policy;

public class GateRulesTests
{
    private const string Plan = "1111111111111111111111111111111111111111111111111111111111111111";
    private const string OtherPlan = "2222222222222222222222222222222222222222222222222222222222222222";
    private static readonly Release Candidate = Make.Release('a', "1.2.3");

    [Fact]
    public void All_that_prod_asks_for_opens_the_gate()
    {
        GateRules.Check(Make.Prod, Facts()).ShouldBeEmpty();
        GateRules.ApprovalOf(Make.Prod, Facts())!.Approver.ShouldBe("bob");
    }

    [Fact]
    public void Without_an_approval_prod_is_refused() =>
        Refusals(Facts() with { Ledger = LedgerState.Empty }).ShouldHaveSingleItem().ShouldContain("Nobody has approved plan 111111111111");

    [Fact]
    public void An_approval_of_another_plan_is_refused_and_both_are_named() =>
        Refusals(Facts() with { Plan = OtherPlan }).ShouldHaveSingleItem().ShouldBe("The approval by bob is for plan 111111111111; this plan is 222222222222.");

    [Theory]
    [InlineData("bob")]
    [InlineData("BOB")]
    public void Nobody_approves_his_own_deploy(string actor) => Refusals(Facts() with { Actor = actor }).ShouldHaveSingleItem().ShouldContain("four eyes");

    [Fact]
    public void One_pair_of_eyes_may_be_allowed() =>
        GateRules.Check(Make.Prod with { Approval = ApprovalRules.Default with { OtherThanActor = false } }, Facts() with { Actor = "bob" }).ShouldBeEmpty();

    [Fact]
    public void Who_may_approve_may_be_named()
    {
        var contour = Make.Prod with { Approval = ApprovalRules.Default with { By = ["carol"] } };

        GateRules.Check(contour, Facts()).Single().Reason.ShouldBe("bob may not approve; carol may.");
    }

    [Fact]
    public void An_approval_ends() => Refusals(Facts() with { Now = Make.Now.AddHours(25) }).ShouldHaveSingleItem().ShouldContain("holds no longer");

    [Fact]
    public void An_approval_from_the_future_is_none() => Refusals(Facts() with { Now = Make.Now.AddHours(-1) }).ShouldHaveSingleItem();

    [Fact]
    public void Digests_never_verified_in_beta_are_refused() =>
        Refusals(Facts() with { Upstream = Make.Ledger((Make.Release('b'), Ending.Verified)) }).ShouldHaveSingleItem().ShouldContain("never verified in beta");

    [Theory]
    [InlineData(nameof(Ending.Failed))]
    [InlineData(nameof(Ending.Started))]
    [InlineData(nameof(Ending.Interrupted))]
    public void What_did_not_hold_in_beta_is_refused(string ending) =>
        Refusals(Facts() with { Upstream = Make.Ledger((Candidate, Enum.Parse<Ending>(ending))) }).ShouldHaveSingleItem().ShouldContain("never verified");

    [Fact]
    public void The_same_digests_of_another_commit_are_refused() =>
        Refusals(Facts() with { Upstream = Make.Ledger((Make.Release('a', commit: 'f'), Ending.Verified)) }).ShouldHaveSingleItem().ShouldContain("as commit ffffffffffff");

    [Fact]
    public void Where_the_ledger_of_beta_cannot_be_read_prod_is_refused() => Refusals(Facts() with { Upstream = null }).ShouldHaveSingleItem().ShouldContain("cannot be read");

    [Fact]
    public void What_is_held_in_beta_is_refused_in_prod()
    {
        var beta = Make.Ledger((Candidate, Ending.Verified));

        Refusals(Facts() with { Upstream = Holds.Place(beta, Candidate, "it leaks", "carol", Make.Now) }).ShouldHaveSingleItem().ShouldContain("it leaks");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Prod_asks_for_a_reason(string? reason) => Refusals(Facts() with { Reason = reason }).ShouldHaveSingleItem().ShouldContain("no reason");

    [Fact]
    public void Prod_asks_for_a_confirmation() => Refusals(Facts() with { Confirmed = false }).ShouldHaveSingleItem().ShouldContain("not confirmed");

    [Fact]
    public void Everything_that_is_missing_is_told_at_once() =>
        Refusals(Facts() with { Confirmed = false, Reason = null, Upstream = null, Ledger = LedgerState.Empty }).Count.ShouldBe(4);

    [Fact]
    public void A_hold_stops_the_same_digests_and_the_same_content()
    {
        var held = Holds.Place(LedgerState.Empty, Candidate, "it failed", "p25", Make.Now);

        Check(Candidate)!.ShouldContain("on hold");
        Check(Make.Release('b') with { Content = Candidate.Content })!.ShouldContain("on hold");
        Check(Make.Release('b')).ShouldBeNull();

        string? Check(Release release) => GateRules.Check(Make.Stage, Facts() with { Release = release, Ledger = held }).SingleOrDefault()?.Reason;
    }

    [Fact]
    public void A_hold_on_everything_stops_everything_until_it_is_lifted()
    {
        var held = Holds.Place(LedgerState.Empty, null, "conference", "carol", Make.Now);

        GateRules.Check(Make.Stage, Facts() with { Ledger = held }).ShouldNotBeEmpty();
        GateRules.Check(Make.Stage, Facts() with { Ledger = Holds.Lift(held, held.Holds[0].Number, "over", "carol", Make.Now) }).ShouldBeEmpty();
    }

    /// <summary>To deploy an older release is to go back too.</summary>
    [Fact]
    public void What_cannot_run_on_the_database_any_more_is_not_deployed()
    {
        var narrowing = Make.Release('b', migrations: ["0001-expand-results", "0002-contract-results"]);
        var facts = Facts() with { Ledger = Make.Ledger((narrowing, Ending.Verified)) };

        GateRules.Check(Make.Stage, facts).ShouldHaveSingleItem().Reason.ShouldContain("0002-contract-results took away what it needs");
        GateRules.Check(Make.Stage, facts with { Release = narrowing }).ShouldBeEmpty();
    }

    private static GateFacts Facts() => new(
        Candidate, LedgerState.Empty.Approve(new Approval(Plan, "bob", "looked at it", Make.Now.AddMinutes(-10))), Make.Ledger((Candidate, Ending.Verified)),
        "alice", "release", Confirmed: true, Plan, Make.Now);

    private static List<string> Refusals(GateFacts facts) => [.. GateRules.Check(Make.Prod, facts).Select(refusal => refusal.Reason)];
}
