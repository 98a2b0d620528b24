using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace P25.Observe;

/// <summary>A dashboard as it is written in <c>dashboards/*.yaml</c>; Grafana's JSON is made of it.</summary>
internal sealed class Dashboard
{
    private const int Width = 24;
    private const int PanelHeight = 8;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Title { get; set; } = "";

    /// <summary>By their titles.</summary>
    public Dictionary<string, List<Panel>> Rows { get; set; } = [];

    /// <summary>Texts that whoever looks gives, by the names that queries know them by: their labels.</summary>
    public Dictionary<string, string> Inputs { get; set; } = [];

    /// <param name="path">The file.</param>
    /// <param name="values">What <c>${name}</c> stands for.</param>
    public static string ToJson(string path, IReadOnlyDictionary<string, string> values)
    {
        var dashboard = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Dashboard>(Template.Fill(File.ReadAllText(path), values, path));
        return dashboard.Write(values["contour"], Path.GetFileNameWithoutExtension(path)).ToJsonString(Indented);
    }

    private JsonObject Write(string contour, string name)
    {
        var panels = new JsonArray();
        var (id, y) = (0, 0);
        foreach (var (title, row) in Rows)
        {
            panels.Add(new JsonObject { ["id"] = ++id, ["type"] = "row", ["title"] = title, ["collapsed"] = false, ["gridPos"] = Place(0, y++, Width, 1), ["panels"] = new JsonArray() });
            var width = Width / Math.Min(row.Count, 4);
            foreach (var (i, panel) in row.Index())
                panels.Add(panel.Write(contour, ++id, Place(i % 4 * width, y + (i / 4 * PanelHeight), width, PanelHeight)));
            y += (row.Count + 3) / 4 * PanelHeight;
        }

        return new JsonObject
        {
            ["uid"] = $"pcbench-{contour}-{name}",
            ["title"] = $"PcBench {contour}: {Title}",
            ["tags"] = new JsonArray("pcbench", contour),
            ["schemaVersion"] = 39,
            ["editable"] = false,
            ["graphTooltip"] = 1,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray([.. Inputs.Select(input => Textbox(input.Key, input.Value))]) },
            ["links"] = new JsonArray(new JsonObject { ["type"] = "dashboards", ["asDropdown"] = true, ["title"] = contour, ["tags"] = new JsonArray(contour), ["includeVars"] = false, ["keepTime"] = true }),
            ["annotations"] = new JsonObject { ["list"] = new JsonArray(Releases(contour)) },
            ["panels"] = panels,
        };
    }

    /// <summary>Where a release ended, at the time that the figure's value says.</summary>
    private static JsonObject Releases(string contour) => new()
    {
        ["name"] = "releases",
        ["enable"] = true,
        ["iconColor"] = "blue",
        ["datasource"] = Panel.SourceOf(isLogs: false, contour),
        ["expr"] = $"1000 * max by (outcome) (pcbench_release_timestamp_seconds{{contour=\"{contour}\"}})",
        ["titleFormat"] = "release {{outcome}}",
        ["useValueForTime"] = "on",
        ["step"] = "60s",
    };

    private static JsonObject Textbox(string name, string label) => new()
    {
        ["type"] = "textbox",
        ["name"] = name,
        ["label"] = label,
        ["query"] = "",
        ["current"] = new JsonObject { ["text"] = "", ["value"] = "" },
        ["options"] = new JsonArray(),
    };

    private static JsonObject Place(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };
}

/// <summary>A panel of a dashboard.</summary>
internal sealed class Panel
{
    public string Title { get; set; } = "";

    /// <summary>Grafana's name of the unit: s, percent, reqps, bytes … Default: short.</summary>
    public string Unit { get; set; } = "short";

    /// <summary>timeseries, stat, logs … Default: timeseries.</summary>
    public string Type { get; set; } = "timeseries";

    /// <summary>One query, or several as <see cref="Queries"/>.</summary>
    public string? Query { get; set; }

    public string Legend { get; set; } = "";

    /// <summary>By their legends.</summary>
    public Dictionary<string, string> Queries { get; set; } = [];

    /// <summary>Whether Loki is asked.</summary>
    public bool Logs { get; set; }

    /// <summary>Why the panel may be empty: Prometheus has such figures only where this is installed.</summary>
    public string? Needs { get; set; }

    public static JsonObject SourceOf(bool isLogs, string contour) =>
        new() { ["type"] = isLogs ? "loki" : "prometheus", ["uid"] = isLogs ? $"loki-{contour}" : "prometheus" };

    public JsonObject Write(string contour, int id, JsonObject place) => new()
    {
        ["id"] = id,
        ["type"] = Type,
        ["title"] = Title,
        ["description"] = Needs is null ? "" : $"Empty without {Needs}.",
        ["gridPos"] = place,
        ["datasource"] = SourceOf(Logs, contour),
        ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = Unit, ["min"] = Unit is "short" or "percent" or "percentunit" or "reqps" or "s" ? 0 : null }, ["overrides"] = new JsonArray() },
        ["targets"] = new JsonArray([.. (Query is null ? Queries : new() { [Legend] = Query }).Select((query, i) => (JsonNode)new JsonObject
        {
            ["refId"] = ((char)('A' + i)).ToString(),
            ["datasource"] = SourceOf(Logs, contour),
            ["expr"] = query.Value.Trim(),
            ["legendFormat"] = query.Key,
        })]),
    };
}
