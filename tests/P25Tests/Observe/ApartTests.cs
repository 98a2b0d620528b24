using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace PcBench.P25Tests.Observe;

/// <summary>What belongs to one contour never names another.</summary>
public class ApartTests
{
    public static TheoryData<string> Contours => Rendered.Names;

    [Theory]
    [MemberData(nameof(Contours))]
    public void Files_of_one_contour_name_no_other(string contour)
    {
        var folder = Rendered.Into(Repository.Path($"artifacts/observe-tests/{Environment.ProcessId}-{contour}"), [(contour, Rendered.Contours[contour].Namespace)]);
        var others = Rendered.Contours.Contours.Where(other => other.Name != contour).SelectMany(other => (string[])[$"contour=\"{other.Name}\"", $"contour: {other.Name}", $"replacement: {other.Name}\n", $"{other.Name}-", other.Namespace]);

        // Alertmanager's routes and Loki's tenants are lists of all contours; each entry is about one.
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("alertmanager") && !file.Contains("tenants")))
        {
            var text = File.ReadAllText(file);
            others.Where(text.Contains).ShouldBeEmpty(file);
        }
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public void Every_expression_of_a_dashboard_is_of_its_contour(string contour)
    {
        var dashboards = Directory.GetFiles(Rendered.Path($"grafana/dashboards/{contour}"), "*.json");

        dashboards.Select(Path.GetFileNameWithoutExtension).ShouldBe(["backend", "delivery", "eventhub", "logs", "ml", "overview", "stores"], ignoreOrder: true);
        var expressions = dashboards.SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray())
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!).ToList();
        expressions.Count.ShouldBeGreaterThan(50);
        expressions.ShouldAllBe(expression => expression.Contains($"contour=\"{contour}\""));
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public void Each_job_of_Prometheus_and_Promtail_is_of_one_contour(string contour)
    {
        foreach (var (file, least) in (List<(string, int)>)[("prometheus/prometheus.yml", 4), ("promtail/promtail.yml", 1)])
        {
            var jobs = ((YamlSequenceNode)Load(Rendered.Path(file))["scrape_configs"]).Children.Select(job => job.ToString())
                .Where(job => job.Contains($"replacement, {contour} ") || job.Contains($"{contour}-") || job.Contains($" {contour} ")).ToList();
            jobs.Count.ShouldBeGreaterThanOrEqualTo(least, file);
            foreach (var other in Rendered.Contours.Contours.Where(other => other.Name != contour))
                jobs.ShouldAllBe(job => !job.Contains(other.Namespace), file);
        }
    }

    [Fact]
    public void Loki_keeps_the_lines_of_each_contour_for_3_14_and_30_days_under_its_own_tenant()
    {
        var tenants = (YamlMappingNode)Load(Rendered.Path("loki/tenants.yml"))["overrides"];

        Rendered.Contours.Contours.Select(contour => (contour.Name, (string)((YamlMappingNode)tenants[contour.Name])["retention_period"]!))
            .ShouldBe([("stage", "72h"), ("beta", "336h"), ("prod", "720h")]);
        Load(Rendered.Path("loki/loki.yml"))["auth_enabled"].ToString().ShouldBe("true");
        var promtail = File.ReadAllText(Rendered.Path("promtail/promtail.yml"));
        Rendered.Contours.Contours.ShouldAllBe(contour => promtail.Contains($"tenant: {{ value: {contour.Name} }}"));
    }

    private static YamlMappingNode Load(string path)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(path);
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
