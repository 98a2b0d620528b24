using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PcBench.P25Tests.Observe;

/// <summary>What Grafana is given.</summary>
public sealed partial class DashboardTests
{
    public static TheoryData<string> Contours => Rendered.Names;

    [Theory]
    [MemberData(nameof(Contours))]
    public void What_a_query_leaves_open_is_a_field_of_its_dashboard(string contour)
    {
        var asked = new List<string>();
        foreach (var file in Directory.GetFiles(Rendered.Path($"grafana/dashboards/{contour}"), "*.json"))
        {
            var dashboard = JsonNode.Parse(File.ReadAllText(file))!;
            var fields = dashboard["templating"]!["list"]!.AsArray().Select(field => (string)field!["name"]!).ToList();
            var left = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
                .SelectMany(target => Open().Matches((string)target!["expr"]!)).Select(match => match.Groups[1].Value).Distinct().ToList();
            left.ShouldBe(fields, file);
            asked.AddRange(left);
        }

        asked.ShouldBe(["trace"]); // dashboards cannot be edited, and a trace is looked for by its id
    }

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Open();
}
