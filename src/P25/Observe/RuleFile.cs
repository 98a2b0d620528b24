using System.Globalization;
using System.Text;

namespace P25.Observe;

/// <summary>
/// The rules of a contour, as Prometheus reads them: those of <c>rules/*.yaml</c>, and for each objective its recording rules and the alert
/// on how fast its budget burns (Google, The Site Reliability Workbook, chapter 5: several windows, several rates).
/// </summary>
internal static class RuleFile
{
    /// <summary>The threshold of how many bad ones are few.</summary>
    private const string AtLeast = "fewBad";

    /// <summary>Rules that one machine is not watched by.</summary>
    private const string OfClusters = "cluster.yaml";

    private static readonly string[] Windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];

    // Severity, and two pairs: burns more than so many times too fast over the long window, and still does over the short one.
    private static readonly (string Severity, double Fast, string Long, string Short, double Slow, string Longer, string Shorter, string For)[] Burns =
    [
        ("page", 14.4, "1h", "5m", 6, "6h", "30m", "2m"),
        ("ticket", 3, "1d", "2h", 1, "3d", "6h", "15m"),
    ];

    public static string Write(string folder, ObserveFile file, string contour, string space)
    {
        var values = file.ValuesOf(contour, space);
        var text = new StringBuilder($"# Made by `p25 observe render` from deploy/observe: change it there.\ngroups:\n");
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "rules"), "*.yaml").Where(path => contour != ObserveFile.Local || Path.GetFileName(path) != OfClusters).Order(StringComparer.Ordinal))
        {
            var lines = Template.Fill(File.ReadAllText(path), values, path).Split('\n');
            text.AppendJoin('\n', lines.SkipWhile(line => line != "groups:").Skip(1));
        }

        foreach (var objective in file.Slos)
            Add(text, objective, values);

        // The operator routes what has the namespace of an AlertmanagerConfig, and most expressions sum it away.
        return text.Replace("labels: { severity:", $"labels: {{ namespace: {space}, severity:").ToString();
    }

    private static void Add(StringBuilder text, Objective objective, Dictionary<string, string> values)
    {
        var contour = values["contour"];
        var labels = $"{{ contour: {contour}, slo: {objective.Name}, service: {objective.Service} }}";
        if (!double.TryParse(values.GetValueOrDefault(objective.Threshold), CultureInfo.InvariantCulture, out var percent) || percent is <= 0 or >= 100)
            throw new P25Exception(P25ExitCodes.Usage, $"slos.{objective.Name}.objective: '{objective.Threshold}' is no threshold between 0 and 100 percent.", "docs/observe.md describes the file.");
        var budget = Math.Round(1 - (percent / 100), 6);
        text.Append(CultureInfo.InvariantCulture, $"""

              - name: {contour}-slo-{objective.Name}
                rules:
                  - record: slo:objective:ratio
                    expr: vector({1 - budget})
                    labels: {labels}
                  - record: slo:bad:rate5m
                    expr: {Rate(objective.Bad, "5m")} or vector(0)
                    labels: {labels}
                  - record: slo:all:rate5m
                    expr: {Rate(objective.All, "5m")} or vector(0)
                    labels: {labels}

            """);
        foreach (var window in Windows)
        {
            // Where nobody asked there is no ratio: a NaN would make one of every mean that it is in.
            text.Append(CultureInfo.InvariantCulture, $"""
                      - record: slo:errors:ratio_rate{window}
                        expr: |
                          ({Rate(objective.Bad, window)} or vector(0))
                          / ({Rate(objective.All, window)} > 0)
                        labels: {labels}

                """);
        }

        foreach (var burn in Burns)
        {
            text.Append(CultureInfo.InvariantCulture, $$$"""
                      - alert: {{{objective.Alert}}}
                        expr: |
                          ({{{Over(burn.Long, burn.Fast)}}} and {{{Over(burn.Short, burn.Fast)}}} and {{{Enough(burn.Long)}}})
                          or ({{{Over(burn.Longer, burn.Slow)}}} and {{{Over(burn.Shorter, burn.Slow)}}} and {{{Enough(burn.Longer)}}})
                        for: {{{burn.For}}}
                        labels: { severity: {{{burn.Severity}}}, kind: symptom }
                        annotations: { summary: "{{{Template.Fill(objective.Title, values, objective.Name)}}} in {{{contour}}}: {{ $value | humanizePercentage }} of them, and {{{percent}}} % must not" }

                """);
        }

        string Rate(string template, string window) => Template.Fill(template, new Dictionary<string, string>(values) { ["window"] = window }, objective.Name);

        string Over(string window, double rate) =>
            string.Create(CultureInfo.InvariantCulture, $"slo:errors:ratio_rate{window}{{contour=\"{contour}\",slo=\"{objective.Name}\"}} > {Math.Round(rate * budget, 6)}");

        string Enough(string window) =>
            $"{SecondsOf(window)} * avg_over_time(slo:bad:rate5m{{contour=\"{contour}\",slo=\"{objective.Name}\"}}[{window}]) > {values[AtLeast]}";
    }

    private static int SecondsOf(string window) => int.Parse(window[..^1], CultureInfo.InvariantCulture) * (window[^1] == 'd' ? 86_400 : 3_600);
}
