using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PcBench.ServiceTests.Observe;

/// <summary>An expression that somebody or something asks Prometheus.</summary>
/// <param name="Where">Dashboard and panel, or the rule.</param>
/// <param name="Text">The expression.</param>
/// <param name="MayBeEmpty">What a panel says of why it may be empty; null where it says nothing, and of rules.</param>
/// <param name="IsPanel">Whether it is of a dashboard.</param>
internal sealed record Expression(string Where, string Text, string? MayBeEmpty, bool IsPanel);

/// <summary>Finds the expressions of rendered files, and takes them apart.</summary>
internal static partial class Expressions
{
    /// <summary>Those of all dashboards of a contour that ask Prometheus, those of annotations too.</summary>
    public static IEnumerable<Expression> OfDashboards(string folder, string contour)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "grafana/dashboards", contour), "*.json").Order(StringComparer.Ordinal))
        {
            var dashboard = JsonNode.Parse(File.ReadAllText(file))!;
            foreach (var panel in dashboard["panels"]!.AsArray())
            {
                foreach (var target in panel!["targets"]?.AsArray() ?? [])
                {
                    if ((string?)target!["datasource"]!["type"] == "prometheus")
                        yield return new Expression($"{contour}, {Path.GetFileNameWithoutExtension(file)}, {panel["title"]}", (string)target["expr"]!, (string?)panel["description"], IsPanel: true);
                }
            }

            foreach (var annotation in dashboard["annotations"]!["list"]!.AsArray())
                yield return new Expression($"{contour}, {Path.GetFileNameWithoutExtension(file)}, annotation {annotation!["name"]}", (string)annotation["expr"]!, "", IsPanel: false);
        }
    }

    /// <summary>What it reads: each figure with its labels.</summary>
    public static IEnumerable<string> SelectorsOf(string expression) => Selector().Matches(expression).Select(match => match.Value).Distinct();

    /// <summary>The same, but that a comparison says 0 or 1 where it would say nothing, and what must not be absent is counted: an alert's whose time has not come is not empty then.</summary>
    public static string WithoutThresholds(string expression) =>
        string.Concat(Selector().Split(expression).Zip([.. Selector().Matches(expression).Select(match => match.Value), ""], (between, selector) => Comparison().Replace(between, "$1 bool ").Replace("absent(", "count(", StringComparison.Ordinal) + selector));

    [GeneratedRegex(@"[a-zA-Z_:][a-zA-Z0-9_:]*\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex("(==|!=|>=|<=|>|<)(?! *bool)")]
    private static partial Regex Comparison();
}
