using P25.Ledger;
using P25.Policy;
using P25.Releases;

namespace PcBench.P25Tests.Policy;

public class PromotionRulesTests
{
    private static readonly ReleaseVersion Tag = ReleaseVersion.Read("v1.2.3", out _)!;
    private static readonly Release Beta = Make.Release('a', "1.2.3-beta2");

    [Fact]
    public void A_verified_beta_of_the_same_commit_is_promoted_with_its_digests()
    {
        var release = Promote(Make.Ledger((Make.Release('b', "1.2.3-beta1"), Ending.Verified), (Beta, Ending.Verified)), Beta.Commit)!;

        release.Id.ShouldBe(Beta.Id);
        release.Version.ShouldBe("1.2.3");
        release.Ref.ShouldBe("refs/tags/v1.2.3");
        release.PromotedFrom.ShouldBe(new Promotion("beta", "1.2.3-beta2", 2));
    }

    [Fact]
    public void Another_commit_is_refused_and_the_verified_ones_are_named()
    {
        Promote(Make.Ledger((Beta, Ending.Verified)), new string('f', 40)).ShouldBeNull();
        Refusal(Make.Ledger((Beta, Ending.Verified)), new string('f', 40)).ShouldContain("1.2.3-beta2 of aaaaaaaaaaaa");
    }

    [Fact]
    public void A_beta_that_failed_is_not_promoted() => Refusal(Make.Ledger((Beta, Ending.Failed)), Beta.Commit).ShouldContain("No beta of 1.2.3 was ever verified");

    [Fact]
    public void A_beta_of_another_release_is_not_promoted() => Refusal(Make.Ledger((Beta with { Version = "1.2.4-beta1" }, Ending.Verified)), Beta.Commit).ShouldContain("No beta of 1.2.3");

    [Fact]
    public void A_beta_on_hold_is_not_promoted() =>
        Refusal(Holds.Place(Make.Ledger((Beta, Ending.Verified)), Beta, "it leaks", "bob", Make.Now), Beta.Commit).ShouldContain("it leaks");

    private static Release? Promote(LedgerState ledger, string commit) => PromotionRules.Promote(Tag, commit, "beta", ledger, out _);

    private static string Refusal(LedgerState ledger, string commit)
    {
        PromotionRules.Promote(Tag, commit, "beta", ledger, out var refusal).ShouldBeNull();
        return refusal!.Reason;
    }
}
