using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace P25.Observe;

/// <summary><c>deploy/observe/observe.yaml</c>: thresholds of the contours, and objectives.</summary>
internal sealed class ObserveFile
{
    /// <summary>A contour on one machine; its thresholds are stage's.</summary>
    public const string Local = "local";

    private const string LocalIsLike = "stage";

    /// <summary>For each name, its number in each contour.</summary>
    public Dictionary<string, Dictionary<string, string>> Thresholds { get; set; } = [];

    public List<Objective> Slos { get; set; } = [];

    public static ObserveFile Read(string folder)
    {
        var path = Path.Combine(folder, "observe.yaml");
        if (!File.Exists(path))
            throw new P25Exception(P25ExitCodes.Usage, $"There is no file '{path}'.", "Run p25 in the repository's root, or name the folder with --source.");
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<ObserveFile>(File.ReadAllText(path)) ?? new ObserveFile();
        }
        catch (YamlException error)
        {
            throw new P25Exception(P25ExitCodes.Usage, $"{path}, line {error.Start.Line}: {(error.InnerException ?? error).Message}", "docs/observe.md describes the file.");
        }
    }

    /// <summary>What the names in templates stand for in a contour.</summary>
    public Dictionary<string, string> ValuesOf(string contour, string space)
    {
        var column = contour == Local ? LocalIsLike : contour;
        var values = new Dictionary<string, string> { ["contour"] = contour, ["namespace"] = space };
        foreach (var (name, row) in Thresholds)
        {
            values[name] = row.GetValueOrDefault(column)
                ?? throw new P25Exception(P25ExitCodes.Usage, $"thresholds.{name} has no number for {column}.", "Every threshold names every contour: { stage: 1, beta: 1, prod: 1 }.");
        }

        return values;
    }
}

/// <summary>A service level objective over 30 days.</summary>
internal sealed class Objective
{
    /// <summary>Value of the label <c>slo</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The alert that its burning raises.</summary>
    public string Alert { get; set; } = "";

    /// <summary>Value of the label <c>service</c>.</summary>
    public string Service { get; set; } = "";

    /// <summary>The threshold that holds the objective, in percent.</summary>
    [YamlMember(Alias = "objective")]
    public string Threshold { get; set; } = "";

    /// <summary>What it means to a user that the budget is spent.</summary>
    public string Title { get; set; } = "";

    /// <summary>Rate of what is bad.</summary>
    public string Bad { get; set; } = "";

    /// <summary>Rate of all.</summary>
    public string All { get; set; } = "";
}
