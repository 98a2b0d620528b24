using System.Globalization;
using System.Text;

namespace P25.Observe;

/// <summary>
/// The rules of a contour, as Prometheus reads them: those of <c>rules/*.yaml</c>, and for each objective its recording rules and the alert
/// on how fast its budget burns (Google, The Site Reliability Workbook, chapter 5: several windows, several rates).
/// </summary>
internal static class RuleFile
{
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
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "rules"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var lines = Template.Fill(File.ReadAllText(path), values, path).Split('\n');
            text.AppendJoin('\n', lines.SkipWhile(line => line != "groups:").Skip(1));
        }

        foreach (var objective in file.Slos)
            Add(text, objective, values);
        return text.ToString();
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

            """);
        foreach (var window in Windows)
        {
            var own = new Dictionary<string, string>(values) { ["window"] = window };
            text.Append(CultureInfo.InvariantCulture, $"""
                      - record: slo:errors:ratio_rate{window}
                        expr: |
                          ({Template.Fill(objective.Bad, own, objective.Name)} or vector(0))
                          / {Template.Fill(objective.All, own, objective.Name)}
                        labels: {labels}

                """);
        }

        foreach (var burn in Burns)
        {
            text.Append(CultureInfo.InvariantCulture, $$$"""
                      - alert: {{{objective.Alert}}}
                        expr: |
                          ({{{Over(burn.Long, burn.Fast)}}} and {{{Over(burn.Short, burn.Fast)}}})
                          or ({{{Over(burn.Longer, burn.Slow)}}} and {{{Over(burn.Shorter, burn.Slow)}}})
                        for: {{{burn.For}}}
                        labels: { severity: {{{burn.Severity}}}, kind: symptom }
                        annotations: { summary: "{{{Template.Fill(objective.Title, values, objective.Name)}}} in {{{contour}}}: {{ $value | humanizePercentage }} of them, and {{{percent}}} % must not" }

                """);
        }

        string Over(string window, double rate) =>
            string.Create(CultureInfo.InvariantCulture, $"slo:errors:ratio_rate{window}{{contour=\"{contour}\",slo=\"{objective.Name}\"}} > {Math.Round(rate * budget, 6)}");
    }
}
