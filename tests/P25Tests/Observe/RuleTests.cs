using System.Text;
using System.Text.RegularExpressions;
using P25.Observe;
using YamlDotNet.Serialization;

namespace PcBench.P25Tests.Observe;

/// <summary>Prometheus' own program on the rules of each contour.</summary>
public sealed partial class RuleTests
{
    private const string Looked = "90m";

    public static TheoryData<string> Contours => Rendered.Names;

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task Prometheus_takes_the_rules(string contour)
    {
        var (succeeded, output) = await Rendered.RunAsync("promtool", "check", "rules", Rendered.Path($"prometheus/rules/{contour}.yml"));

        succeeded.ShouldBeTrue(output);
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public async Task Every_alert_fires_when_it_should_and_is_silent_when_not(string contour)
    {
        var rules = Rendered.Path($"prometheus/rules/{contour}.yml");
        var alerts = AlertsOf(contour);
        var cases = CasesOf(contour);
        cases.Keys.ShouldBe(alerts.Select(alert => alert.Name).Distinct(), ignoreOrder: true, "every alert has its cases in deploy/observe/tests.yaml");
        var file = Path.Combine(Path.GetDirectoryName(rules)!, "..", $"test-{contour}.yml");
        await File.WriteAllTextAsync(file, TestsOf(rules, contour, alerts, cases), TestContext.Current.CancellationToken);

        var (succeeded, output) = await Rendered.RunAsync("promtool", "test", "rules", file);

        succeeded.ShouldBeTrue(output);
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var alerts = Contours.SelectMany(contour => AlertsOf(contour.Data).Select(alert => alert.Name)).Distinct().Order();

        Directory.GetFiles(Repository.Path("docs/runbooks"), "*.md").Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(alerts);
        Directory.GetFiles(Repository.Path("docs/runbooks"), "*.md").Select(File.ReadAllText)
            .ShouldAllBe(text => text.Contains("**What it means.**") && text.Contains("**Look.**") && text.Contains("**Do.**"));
    }

    [Fact]
    public void The_thresholds_of_the_contours_differ()
    {
        foreach (var (name, row) in ObserveFile.Read(Rendered.Source).Thresholds)
            row.Values.Distinct().Count().ShouldBeGreaterThan(1, name);
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public void The_chart_has_the_same_rules(string contour) =>
        File.ReadAllText(Repository.Path($"deploy/helm/pcbench/observe/{contour}.yml")).ShouldBe(
            File.ReadAllText(Rendered.Path($"prometheus/rules/{contour}.yml")),
            "run: p25 observe render --out artifacts/observe && cp artifacts/observe/prometheus/rules/* artifacts/observe/alertmanager/*.tmpl deploy/helm/pcbench/observe/");

    private static List<(string Name, string Severity)> AlertsOf(string contour) =>
        [.. Alert().Matches(File.ReadAllText(Rendered.Path($"prometheus/rules/{contour}.yml"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    private static Dictionary<string, Dictionary<string, Dictionary<string, string>>> CasesOf(string contour)
    {
        var values = ObserveFile.Read(Rendered.Source).ValuesOf(contour, Rendered.Contours[contour].Namespace);
        var path = Path.Combine(Rendered.Source, "tests.yaml");
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, string>>>>(Template.Fill(File.ReadAllText(path), values, path));
    }

    private static string TestsOf(
        string rules, string contour, List<(string Name, string Severity)> alerts, Dictionary<string, Dictionary<string, Dictionary<string, string>>> cases)
    {
        var text = new StringBuilder($"rule_files: ['{rules}']\nevaluation_interval: 5m\ntests:\n");
        foreach (var (name, severity) in alerts)
        {
            foreach (var (kind, series) in cases[name])
            {
                text.Append($"  - interval: 1m\n    input_series:\n");
                foreach (var (one, values) in series)
                    text.Append($"      - series: '{WithContour(one, contour)}'\n        values: '{values}'\n");
                text.Append($"    promql_expr_test:\n      - expr: 'count(ALERTS{{alertname=\"{name}\",severity=\"{severity}\",alertstate=\"firing\",contour=\"{contour}\"}}) > bool 0'\n        eval_time: {Looked}\n");
                text.Append(kind.StartsWith("firing", StringComparison.Ordinal) ? "        exp_samples: [{ labels: '{}', value: 1 }]\n" : "        exp_samples: []\n");
            }
        }

        return text.ToString();
    }

    private static string WithContour(string series, string contour) =>
        series.EndsWith('}') ? $"{series[..^1]},contour=\"{contour}\"}}" : $"{series}{{contour=\"{contour}\"}}";

    [GeneratedRegex(@"- alert: (\w+)(?:(?!- alert: )[\s\S])*?severity: (\w+)")]
    private static partial Regex Alert();
}
