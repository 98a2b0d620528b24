using YamlDotNet.RepresentationModel;

namespace PcBench.P25Tests.Charts;

/// <summary>What every contour's objects must be, by Helm itself.</summary>
public class ChartTests
{
    public static TheoryData<string> Contours => [.. Chart.Contours.Contours.Select(contour => contour.Name)];

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task It_is_clean(string contour) =>
        (await Chart.HelmAsync(["lint", "--strict", "--quiet", .. Chart.Arguments(contour)])).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task From_outside_nobody_sees_how_a_pod_is(string contour)
    {
        var paths = (await Chart.RenderAsync(contour)).Of("Ingress")
            .SelectMany(one => ((YamlSequenceNode)one["spec"]["rules"]).SelectMany(rule => (YamlSequenceNode)rule["http"]["paths"])).Select(path => path.Text("path")).ToList();

        paths.ShouldContain("/api");
        paths.ShouldContain("/version");
        paths.ShouldNotContain(path => path.StartsWith("/health", StringComparison.Ordinal) || path.StartsWith("/metrics", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_puts_backups_into_the_bucket_has_the_buckets_keys_and_no_others()
    {
        var job = (await Chart.RenderAsync("stage")).Of("CronJob").Single(one => one.Text("metadata", "name") == "backup");
        var keep = ((YamlSequenceNode)job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]).Single();

        ((YamlSequenceNode)keep["env"]).Select(variable => variable.Text("valueFrom", "secretKeyRef", "name")).Where(secret => secret != "").Distinct().ShouldBe(["pcbench-s3"]);
    }

    /// <summary>An object that one revision's manifest has and the next one's has not stands in the way of who goes back half done.</summary>
    [Theory]
    [InlineData("stage", false, 0)]
    [InlineData("stage", true, 1)]
    [InlineData("beta", false, 1)]
    [InlineData("beta", true, 1)]
    [InlineData("prod", true, 1)]
    public async Task Migrations_are_a_hook_and_where_there_is_no_database_yet_the_pods_own(string contour, bool isUpgrade, int hooks)
    {
        var objects = await Chart.RenderAsync(contour, isUpgrade ? ["--is-upgrade"] : []);
        var jobs = objects.Of("Job").ToList();

        jobs.Select(job => job.Text("metadata", "name")).ShouldBe(["migrate"]);
        jobs.Count(job => job.Text("metadata", "annotations", "helm.sh/hook").Split(',').Contains(isUpgrade ? "pre-upgrade" : "pre-install")).ShouldBe(hooks);
        var migrates = objects.Of("Deployment").Single(one => one.Text("metadata", "name") == "backend")["spec"]["template"]["spec"] is YamlMappingNode pod && pod.Children.ContainsKey("initContainers");
        migrates.ShouldBe(contour == "stage");
    }

    [Fact]
    public async Task A_database_of_CloudNativePG_is_reached_and_reaches_what_it_needs_and_is_not_there_before_the_first_install()
    {
        var objects = await Chart.RenderAsync("beta", "--set", "cloudNativePg.enabled=true");

        objects.Of("Job").Single().Text("metadata", "annotations", "helm.sh/hook").ShouldBe("pre-upgrade");
        var policy = objects.Of("NetworkPolicy").Single(one => one.Text("spec", "podSelector", "matchLabels", "cnpg.io/cluster") == "pcbench-postgres");
        Ports(policy, "ingress").ShouldBe(["5432", "8000"]);
        Ports(policy, "egress").ShouldBe(["5432", "8000", "443", "6443"]);

        static IEnumerable<string> Ports(YamlMappingNode policy, string way) =>
            ((YamlSequenceNode)policy["spec"][way]).SelectMany(rule => (YamlSequenceNode)rule["ports"]).Select(port => port.Text("port"));
    }

    public static MatrixTheoryData<string, string, string> Renderings => new(
        Chart.Contours.Contours.Select(contour => contour.Name), ["1.20.0", "1.25.0", "1.30.0"],
        ["ingress.enabled=true", "canary.enabled=true,cloudNativePg.enabled=true,ml.training.enabled=true,observe.enabled=true,ingress.middlewares=always"]);

    /// <summary>As the standard <c>restricted</c> and the namespace's quota ask for it, whatever is turned on.</summary>
    [Theory]
    [MemberData(nameof(Renderings))]
    public async Task Every_pod_is_restricted_and_says_what_it_takes_and_every_port_its_protocol(string contour, string version, string options)
    {
        var objects = await Chart.RenderAsync(contour, "--kube-version", version, "--set", options);
        var all = objects.SelectMany(one => one.AllNodes.OfType<YamlMappingNode>()).ToList();
        var pods = all.Where(node => node.Children.ContainsKey("containers")).ToList();

        pods.Count.ShouldBeGreaterThan(3);
        pods.ShouldAllBe(pod => pod.Text("automountServiceAccountToken") == "false" && pod.Text("serviceAccountName") != ""
            && pod.Text("securityContext", "runAsNonRoot") == "true" && pod.Text("securityContext", "seccompProfile", "type") == "RuntimeDefault");
        foreach (var container in pods.SelectMany(pod => pod.Children.Where(one => $"{one.Key}" is "initContainers" or "containers")).SelectMany(list => (YamlSequenceNode)list.Value))
        {
            container.Text("securityContext", "allowPrivilegeEscalation").ShouldBe("false");
            container.Text("securityContext", "readOnlyRootFilesystem").ShouldBe("true");
            container["securityContext"]["capabilities"]["drop"].ToString().ShouldContain("ALL");
            new[] { container.Text("resources", "requests", "cpu"), container.Text("resources", "requests", "memory"), container.Text("resources", "limits", "memory") }.ShouldNotContain("");
            container.Text("image").ShouldContain("@sha256:");
        }

        all.Where(node => node.Children.ContainsKey("containerPort") || node.Children.ContainsKey("targetPort") || (node.Children.ContainsKey("port") && node.Children.Count == 2 && node.Children.ContainsKey("protocol")))
            .ShouldAllBe(port => port.Text("protocol") != "");
        objects.Of("CronJob").ShouldAllBe(one => one.Text("apiVersion") == (version == "1.20.0" ? "batch/v1beta1" : "batch/v1"));
        objects.Of("PodDisruptionBudget").ShouldAllBe(one => one.Text("apiVersion") == (version == "1.20.0" ? "policy/v1beta1" : "policy/v1"));
        objects.Of("HorizontalPodAutoscaler").ShouldAllBe(one => one.Text("apiVersion") == (version == "1.20.0" ? "autoscaling/v2beta2" : "autoscaling/v2"));
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task A_migration_that_hangs_is_ended_before_Helm_gives_it_up(string contour)
    {
        var job = (await Chart.RenderAsync(contour, "--is-upgrade")).Of("Job").Single();

        double.Parse(job.Text("spec", "activeDeadlineSeconds")).ShouldBeLessThan(Chart.Contours[contour].Timeout.TotalSeconds);
    }

    /// <summary>A contour that its own Ingress routes nothing of could never be verified.</summary>
    [Theory]
    [MemberData(nameof(Contours))]
    public void What_is_verified_is_what_users_ask_for(string contour) =>
        Chart.Contours[contour].Verify.Paths.ShouldNotContain(path => path.StartsWith("/health", StringComparison.Ordinal));
}
