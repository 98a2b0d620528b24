using P25.Policy;

namespace PcBench.P25Tests.Policy;

public class ReleasePolicyTests
{
    [Theory]
    [InlineData("main", "stage")]
    [InlineData("refs/heads/main", "stage")]
    [InlineData("v1.2.3-beta1", "beta")]
    [InlineData("refs/tags/v1.2.3-beta1", "beta")]
    [InlineData("v0.1.0-beta10", "beta")]
    [InlineData("v1.2.3", "prod")]
    [InlineData("refs/tags/v1.2.3", "prod")]
    [InlineData("v0.0.1", "prod")]
    [InlineData("v10.20.30", "prod")]
    [InlineData("v999999999.0.0", "prod")]
    public void Enters_one_contour(string reference, string contour)
    {
        var decision = Decide(reference);

        decision.Allowed.ShouldBeTrue();
        decision.Contour.ShouldBe(contour);
    }

    [Theory]
    [InlineData("v1.2.3-beta.1", "without a dot")]
    [InlineData("v1.2.3-beta", "counted from 1")]
    [InlineData("v1.2.3-beta0", "counted from 1")]
    [InlineData("v1.2.3-beta01", "leading zero")]
    [InlineData("v1.2.3-beta-1", "without a dot")]
    [InlineData("v1.2.3-Beta1", "without a dot")]
    [InlineData("v1.2.3-beta1.2", "only pre-releases")]
    [InlineData("v1.2.3-beta1-rc1", "only pre-releases")]
    [InlineData("v01.2.3", "leading zero")]
    [InlineData("v1.02.3", "leading zero")]
    [InlineData("v1.2.00", "leading zero")]
    [InlineData("v1.2.3+x", "build metadata")]
    [InlineData("v1.2.3-beta1+x", "build metadata")]
    [InlineData("v1.2.3-rc1", "only pre-releases")]
    [InlineData("v1.2.3-alpha1", "only pre-releases")]
    [InlineData("v1.2.3-", "only pre-releases")]
    [InlineData("v1.2", "neither")]
    [InlineData("v1.2.3.4", "neither")]
    [InlineData("v1", "neither")]
    [InlineData("1.2.3", "neither")]
    [InlineData("V1.2.3", "neither")]
    [InlineData("v1.2.3beta1", "neither")]
    [InlineData("v9999999999.0.0", "neither")]
    [InlineData("v1.2.-3", "neither")]
    [InlineData("refs/tags/main", "neither")]
    [InlineData("refs/tags/latest", "neither")]
    [InlineData("refs/tags/release/v1.2.3", "neither")]
    public void A_tag_that_names_no_version_is_explained(string reference, string because)
    {
        var decision = Decide(reference);

        decision.Allowed.ShouldBeFalse();
        decision.Contour.ShouldBeNull();
        decision.Kind.ShouldBe(RefKind.OtherTag);
        decision.Reason.ShouldContain(because);
        decision.Fix.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("develop")]
    [InlineData("refs/heads/release/1.2")]
    [InlineData("refs/heads/v1.2.3")]
    [InlineData("refs/heads/main/v1.2.3")]
    [InlineData("MAIN")]
    [InlineData("main2")]
    [InlineData("origin/main")]
    [InlineData("refs/heads/refs/heads/main")]
    [InlineData("refs/heads/refs/tags/v1.2.3")]
    public void Other_branches_are_refused(string reference)
    {
        Decide(reference).Allowed.ShouldBeFalse();
        Decide(reference).Kind.ShouldBe(RefKind.Branch);
    }

    [Theory]
    [InlineData("refs/pull/7/merge")]
    [InlineData("refs/pull/7/head")]
    [InlineData("pull/7/merge")]
    [InlineData("refs/remotes/pull/7/merge")]
    [InlineData("mallory:main")]
    [InlineData("mallory:v1.2.3")]
    public void Pull_requests_and_forks_are_refused_by_their_names(string reference) => Decide(reference).Kind.ShouldBe(RefKind.PullRequest);

    [Theory]
    [InlineData("main")]
    [InlineData("v1.2.3")]
    [InlineData("v1.2.3-beta1")]
    public void Forks_and_pull_requests_are_refused_whatever_the_name(string reference)
    {
        Decide(reference, new RefFacts(Fork: true, CommitOnMain: true)).Allowed.ShouldBeFalse();
        Decide(reference, new RefFacts(RefEvent.PullRequest, CommitOnMain: true)).Allowed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v1.2.3 ")]
    [InlineData(" v1.2.3")]
    [InlineData("v1.2.3\n")]
    [InlineData("v1.2.3\r\n")]
    [InlineData("main\ncontour=prod")]
    [InlineData("v1.2.3\0")]
    [InlineData("\0")]
    [InlineData("v1.2.3\u200b")]
    [InlineData("v１.2.3")]
    [InlineData("v1.2.٣")]
    [InlineData("ｖ1.2.3")]
    [InlineData("mаin")]
    [InlineData("main\u202e")]
    [InlineData("v1.2.3\u0301")]
    [InlineData("v1..3")]
    [InlineData("v1.2.3~1")]
    [InlineData("v1.2.3^{}")]
    [InlineData("main@{1}")]
    [InlineData("--main")]
    [InlineData("-v1.2.3")]
    [InlineData("main/")]
    [InlineData("/main")]
    [InlineData("main.lock")]
    [InlineData("ma*n")]
    [InlineData("refs/notes/v1.2.3")]
    [InlineData("refs/remotes/origin/main")]
    public void What_is_no_exact_name_is_invalid(string reference)
    {
        Decide(reference).Kind.ShouldBe(RefKind.Invalid);
        Decide(reference).Allowed.ShouldBeFalse();
    }

    [Fact]
    public void A_name_of_any_length_is_refused_and_not_thrown_at() => Decide(new string('a', 100_000)).Kind.ShouldBe(RefKind.Invalid);

    [Theory]
    [InlineData("HEAD")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    public void A_commit_alone_is_refused(string reference) => Decide(reference).Kind.ShouldBe(RefKind.Commit);

    [Theory]
    [InlineData("v1.2.3")]
    [InlineData("v1.2.3-beta1")]
    public void A_tag_whose_commit_is_not_on_main_is_refused(string reference)
    {
        var decision = Decide(reference, new RefFacts(CommitOnMain: false));

        decision.Allowed.ShouldBeFalse();
        decision.Reason.ShouldContain("not on main");
    }

    [Fact]
    public void Where_it_is_not_known_whether_the_commit_is_on_main_that_is_still_needed()
    {
        Decide("v1.2.3", new RefFacts()).Needs.ShouldContain("the tag's commit is on main");
        Decide("v1.2.3", new RefFacts(CommitOnMain: true)).Needs.ShouldNotContain("the tag's commit is on main");
    }

    [Fact]
    public void Prod_needs_four_eyes_and_what_was_verified_in_beta()
    {
        var decision = Decide("v1.2.3", new RefFacts(CommitOnMain: true));

        decision.Gate.ShouldBe(Gate.Approval);
        decision.Needs.ShouldContain("the same commit and digests were verified in beta");
        decision.Needs.ShouldContain(need => need.Contains("other than who deploys"));
    }

    [Fact]
    public void Betas_are_compared_as_numbers_and_belong_to_their_release()
    {
        ReleaseVersion.Read("v1.2.3-beta10", out _)!.Release.ShouldBe(ReleaseVersion.Read("v1.2.3", out _));
        ReleaseVersion.Read("v1.2.3-beta10", out _)!.ToString().ShouldBe("1.2.3-beta10");
    }

    private static Decision Decide(string reference, RefFacts? facts = null) => ReleasePolicy.Decide(Make.Contours, "main", reference, facts ?? new RefFacts());
}
