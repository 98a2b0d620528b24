using System.Text.RegularExpressions;

namespace PcBench.P25Tests.Observe;

/// <summary>Alertmanager's own program on who is told what.</summary>
public partial class AlertmanagerTests
{
    private static string Config => Rendered.Path("alertmanager/alertmanager.yml");

    [Fact]
    public async Task Alertmanager_takes_the_configuration()
    {
        var (succeeded, output) = await Rendered.RunAsync("amtool", "check-config", Config);

        succeeded.ShouldBeTrue(output);
        output.ShouldContain("1 templates");
    }

    [Theory]
    [InlineData("stage", "page", "stage-chat")]
    [InlineData("stage", "ticket", "stage-chat")]
    [InlineData("beta", "page", "beta-chat")]
    [InlineData("beta", "ticket", "beta-chat")]
    [InlineData("prod", "page", "prod-pager,prod-chat")]
    [InlineData("prod", "ticket", "prod-chat")]
    [InlineData("local", "page", "local")]
    [InlineData("elsewhere", "page", "nobody")]
    public async Task An_alert_goes_to_those_of_its_contour(string contour, string severity, string receivers)
    {
        var (succeeded, output) = await Rendered.RunAsync(
            "amtool", "config", "routes", "test", $"--config.file={Config}", $"--verify.receivers={receivers}", $"contour={contour}", $"severity={severity}", "alertname=SubmitErrorBudgetBurn");

        succeeded.ShouldBeTrue(output);
    }

    [Fact]
    public void Stage_is_told_in_working_hours_alone() =>
        File.ReadAllText(Config).ShouldContain("receiver: stage-chat\n      active_time_intervals: [working-hours]");

    [Fact]
    public async Task Prometheus_takes_its_configuration()
    {
        // Debian builds Prometheus without the discovery of Kubernetes: everything else of the file is judged.
        var copy = Rendered.Path("prometheus/without-kubernetes.yml");
        await File.WriteAllTextAsync(copy, Discovery().Replace(await File.ReadAllTextAsync(Rendered.Path("prometheus/prometheus.yml"), TestContext.Current.CancellationToken), ""), TestContext.Current.CancellationToken);

        var (succeeded, output) = await Rendered.RunAsync("promtool", "check", "config", "--syntax-only", copy);

        succeeded.ShouldBeTrue(output);
    }

    [GeneratedRegex(@"^    kubernetes_sd_configs: .*\n", RegexOptions.Multiline)]
    private static partial Regex Discovery();
}
