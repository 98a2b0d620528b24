namespace PcBench.ClusterTests;

/// <summary>
/// The deploy workflow's own steps, in order, on a real cluster and registry with real images. It takes minutes and two processors for
/// itself, so <c>./test</c> leaves it out where PCBENCH_KUBE_UP names no script that starts a cluster.
/// </summary>
public sealed class DeployWorkflowTests(Cluster cluster)
{
    [Fact(Skip = "PCBENCH_KUBE_UP names no script that starts a cluster.", SkipUnless = nameof(Cluster.IsNamed), SkipType = typeof(Cluster))]
    public async Task A_push_to_main_is_built_and_stands_verified_in_stage()
    {
        var cancel = TestContext.Current.CancellationToken;
        var pushed = await cluster.BuiltAsync();
        await pushed.RunAsync("deploy", cancel);

        pushed.Outputs[("policy", "contour")].ShouldBe("stage");
        pushed.Ran.Select(step => step.Name).ShouldBe(
            ["Build p25", "Ask the policy", "Build p25", "Log in to the registry", "Build the images", "Remove the kubeconfig", "Build p25", "Write the kubeconfigs", "Preflight", "Deploy", "What stands now", "Remove the kubeconfigs"]);
        pushed.Ran.Single(step => step.Name == "What stands now").Output.ShouldContain("verified");
        Directory.GetFiles(pushed.Temporary, "kubeconfig*").ShouldBeEmpty();
        (await cluster.RunAsync("kubectl -n p25-stage get deployments -o jsonpath='{range .items[*]}{.metadata.name}={.status.readyReplicas} {end}'"))
            .Trim().Split(' ').Order().ShouldBe(["backend=3", "frontend=2", "ml-service=1"]);

        // From the second one on with the account that the first one made, which can do nothing outside of its namespace.
        pushed.Ran.Clear();
        pushed.Use(await cluster.KubeconfigOfAsync("p25-deployer-token"));
        await pushed.RunAsync("deploy", cancel);
        pushed.Ran.Single(step => step.Name == "What stands now").Output.ShouldContain("verified");
    }
}
