namespace PcBench.ClusterTests;

/// <summary>From beta to prod and back, with all that prod refuses.</summary>
public sealed class PromotionTests(Cluster cluster)
{
    [Fact(Skip = "PCBENCH_KUBE_UP names no script that starts a cluster.", SkipUnless = nameof(Cluster.IsNamed), SkipType = typeof(Cluster))]
    public async Task What_beta_verified_goes_to_prod_by_an_approved_plan_and_back_by_hand()
    {
        await cluster.BuiltAsync();
        await cluster.RunAsync("for tag in v0.2.0-beta1 v0.2.0 v0.2.1-beta1 v0.2.1; do git tag -f $tag; done");
        await cluster.BetaAsync("release.json", "0.2.0-beta1");
        await cluster.BetaAsync(await cluster.VariantAsync("second"), "0.2.1-beta1");

        (await cluster.P25Async("promote v0.2.0 --out early.json", code: 4)).ShouldContain("No beta of 0.2.0 was ever verified in beta.");
        await cluster.RunAsync("jq '.version = \"0.2.0\" | .ref = \"refs/tags/v0.2.0\"' release.json > unverified.json");
        (await cluster.P25Async("deploy prod --release unverified.json --reason now --confirm prod", code: 4)).ShouldContain("were never verified in beta");

        await cluster.P25Async("deploy beta --release 0.2.0-beta1.json");
        await cluster.P25Async("promote v0.2.0 --out first.json");
        await cluster.P25Async("plan prod --release first.json --out plan.json");
        (await cluster.P25Async("deploy prod --release first.json --plan plan.json --reason now --confirm prod", code: 4)).ShouldContain("Nobody has approved plan");
        await cluster.P25Async("approve prod --plan plan.json --reason mine");
        (await cluster.P25Async("deploy prod --release first.json --plan plan.json --reason now --confirm prod", code: 4)).ShouldContain("four eyes are asked for");
        await cluster.P25Async("approve prod --plan plan.json --reason looked", actor: "bob");
        (await cluster.P25Async("deploy prod --release first.json --plan plan.json --confirm prod", code: 4)).ShouldContain("There is no reason.");
        (await cluster.P25Async("deploy prod --release first.json --plan plan.json --reason now", code: 4)).ShouldContain("It is not confirmed.");
        await cluster.P25Async("deploy prod --release first.json --plan plan.json --reason now --confirm prod");

        await cluster.P25Async("deploy beta --release 0.2.1-beta1.json");
        await cluster.P25Async("promote v0.2.1 --out second-prod.json");
        (await cluster.P25Async("deploy prod --release second-prod.json --plan plan.json --reason now --confirm prod", code: 4)).ShouldContain("no longer what was looked at");
        (await cluster.P25Async("deploy prod --release second-prod.json --reason now --confirm prod", code: 4)).ShouldContain("The approval by bob is for plan");
        await cluster.P25Async("plan prod --release second-prod.json --out plan.json");
        await cluster.P25Async("approve prod --plan plan.json --reason looked", actor: "bob");
        await cluster.P25Async("deploy prod --release second-prod.json --plan plan.json --reason now --confirm prod");

        (await cluster.P25Async("rollback prod --reason incident", code: 4)).ShouldContain("It is not confirmed.");
        await cluster.P25Async("rollback prod --reason incident --confirm prod");
        await cluster.P25Async("rollback beta --reason 'loses drafts'");
        (await cluster.P25Async("promote v0.2.1 --out again.json", code: 4)).ShouldContain("is on hold in beta");
        (await cluster.P25Async("status")).ShouldContain("0.2.0");
        (await cluster.P25Async("history prod")).ShouldContain("approved by bob");

        await cluster.P25Async("drift beta");
        await cluster.RunAsync("kubectl -n p25-beta scale deployment frontend --replicas 2");
        (await cluster.P25Async("drift beta", code: 11)).ShouldContain("frontend");
    }
}
