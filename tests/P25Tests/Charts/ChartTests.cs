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
