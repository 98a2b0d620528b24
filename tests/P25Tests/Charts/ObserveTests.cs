using YamlDotNet.RepresentationModel;

namespace PcBench.P25Tests.Charts;

/// <summary>The chart's option for clusters with the Prometheus operator.</summary>
public sealed class ObserveTests
{
    public static TheoryData<string> Contours => [.. Chart.Contours.Contours.Select(contour => contour.Name)];

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task The_operator_routes_every_alert_to_this_namespace(string contour)
    {
        var rules = (YamlSequenceNode)(await RenderAsync(contour)).Of("PrometheusRule").Single()["spec"]["groups"];

        var alerts = rules.SelectMany(group => (YamlSequenceNode)group["rules"]).Where(rule => rule.Text("alert") != "").ToList();

        alerts.Count.ShouldBeGreaterThan(30);
        alerts.Where(alert => alert.Text("labels", "namespace") != Chart.Contours[contour].Namespace).Select(alert => alert.Text("alert")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task A_message_names_runbook_and_dashboard(string contour)
    {
        var receivers = ((YamlSequenceNode)(await RenderAsync(contour)).Of("AlertmanagerConfig").Single()["spec"]["receivers"]).ToList();

        var chat = receivers.Single(receiver => receiver.Text("name") == "chat")["slackConfigs"][0];
        var pager = receivers.Single(receiver => receiver.Text("name") == "pager")["pagerdutyConfigs"][0];
        var defined = await File.ReadAllTextAsync(Repository.Path("deploy/observe/alertmanager/pcbench.tmpl"), TestContext.Current.CancellationToken);
        defined.ShouldContain("/docs/runbooks/{{ .Labels.alertname }}.md");
        defined.ShouldContain("/d/pcbench-{{ .Labels.contour }}-overview");
        chat.Text("title").ShouldBe(defined + """{{ template "pcbench.title" . }}""");
        chat.Text("text").ShouldBe(defined + """{{ template "pcbench.text" . }}""");
        pager.Text("description").ShouldBe(chat.Text("title"));
        pager["details"][0].Text("value").ShouldBe(chat.Text("text"));
    }

    private static Task<IReadOnlyList<YamlMappingNode>> RenderAsync(string contour) =>
        Chart.RenderAsync(contour, "--set", "observe.enabled=true,observe.pager=true,observe.workingHours=true");
}
