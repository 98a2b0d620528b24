using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Workloads;

namespace PcBench.Imports.Tables;

/// <summary>
/// Says what the columns of a table are. A column that it does not name is not read, and one that it names and the table
/// lacks is left out, except the processor's name.
/// </summary>
public sealed record ColumnMap
{
    /// <summary>Name of the map.</summary>
    public required string Name { get; init; }

    /// <summary>Program that measured: what the imported results say they are from. At most 160 characters.</summary>
    public required string Program { get; init; }

    /// <summary>Field of <c>Hardware</c> → column. <c>cpuModel</c> must be among them.</summary>
    public required IReadOnlyDictionary<string, string> Hardware { get; init; }

    /// <summary>Instruction set → column that holds 0 or 1.</summary>
    public IReadOnlyDictionary<string, string>? InstructionSets { get; init; }

    /// <summary>The column and its value that say that a machine shares its processor.</summary>
    public SharedColumn? Shared { get; init; }

    /// <summary>Column of the source's own mark of a row.</summary>
    public string? SourceId { get; init; }

    /// <summary>Column of the day (<c>2026-01-31</c>), the month (<c>2026-01</c>) or the time (ISO 8601) of measuring.</summary>
    public string? MeasuredAt { get; init; }

    /// <summary>Figures.</summary>
    public IReadOnlyList<MetricColumn>? Metrics { get; init; }

    /// <summary>Whether columns that bear the known name of a figure are it: <c>geekbench_single</c>. Default: no.</summary>
    public bool KnownMetrics { get; init; }

    /// <summary>Names of the maps that are built in: for the tables of machines and of PassMark's charts.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = ["machines", "passmark-cpus"];

    /// <summary>Longest text of a map, in characters.</summary>
    public const int MaxLength = 65_536;

    /// <summary>A map by its name, by its JSON, or by pairs: <c>cpuModel=cpu,threads=threads,geekbench6.single=score</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static ColumnMap Parse(string text)
    {
        if (BuiltIn.Contains(text))
        {
            using var resource = typeof(ColumnMap).Assembly.GetManifestResourceStream(text)!;
            return JsonSerializer.Deserialize(resource, MapJson.Default.ColumnMap)!;
        }

        if (text.Length > MaxLength)
            throw new FormatException($"A map has at most {MaxLength} characters.");
        var map = text.TrimStart().StartsWith('{') ? OfJson(text) : OfPairs(text);
        return Checked(map);
    }

    private static ColumnMap OfJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, MapJson.Default.ColumnMap)!;
        }
        catch (JsonException error)
        {
            throw new FormatException($"The map is not as it must be at {error.Path ?? "$"}, line {(error.LineNumber ?? 0) + 1}: {error.Message.Split(". Path")[0]}", error);
        }
    }

    private static ColumnMap OfPairs(string text)
    {
        var (hardware, metrics) = (new Dictionary<string, string>(), new List<MetricColumn>());
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } column])
                throw new FormatException($"'{(pair.Length > 80 ? pair[..80] + "..." : pair)}' is no pair. Give cpuModel=COLUMN,geekbench6.single=COLUMN, a map's file, or one of {string.Join(", ", BuiltIn)}.");
            if (HardwareFields.Known.Contains(name))
                hardware[name] = column;
            else if (ExternalMetrics.Find(name) is { } metric)
                metrics.Add(new MetricColumn(column, metric.Id, metric.Unit, metric.Better));
            else
                throw new FormatException($"'{name}' is neither a field of the hardware ({string.Join(", ", HardwareFields.Known)}) nor a known metric. Give a metric of your own in a map's file, with its unit.");
        }

        return new ColumnMap { Name = "pairs", Program = "CSV", Hardware = hardware, Metrics = metrics };
    }

    private static ColumnMap Checked(ColumnMap map)
    {
        if (map.Hardware.Keys.Except(HardwareFields.Known).FirstOrDefault() is { } unknown)
            throw new FormatException($"hardware has no field '{unknown}'. There are: {string.Join(", ", HardwareFields.Known)}.");
        if (!map.Hardware.ContainsKey("cpuModel"))
            throw new FormatException("hardware must say which column is cpuModel, the processor's name.");
        if (map.Hardware.FirstOrDefault(field => field.Value is null).Key is { } nowhere)
            throw new FormatException($"hardware says of {nowhere} no column.");
        if (map.Metrics?.Any(metric => metric?.Column is null || metric.Name is null) == true)
            throw new FormatException("A figure in metrics has no column or no name.");
        if (map.Metrics is null or { Count: 0 } && !map.KnownMetrics)
            throw new FormatException("The map names no figure: give metrics, or \"knownMetrics\": true.");
        return map;
    }
}

/// <summary>A column that holds a figure.</summary>
/// <param name="Column">The column.</param>
/// <param name="Name">The metric's own name: <c>geekbench6.single</c>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Better">Which direction is better. Default: higher.</param>
public sealed record MetricColumn(string Column, string Name, string Unit, Better Better = Better.Higher);

/// <summary>A column that says whether a machine shares its processor.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">What stands there where it does; anything else that is not empty says that it does not.</param>
public sealed record SharedColumn(string Column, string Value);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ColumnMap))]
internal sealed partial class MapJson : JsonSerializerContext;
