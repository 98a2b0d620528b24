using System.Globalization;
using System.Text.Json.Nodes;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Tables;

/// <summary>A map laid on the header of one table.</summary>
internal sealed class RowMapping
{
    private const string Missing = "Leave a cell empty where nothing is known.";

    private readonly ColumnMap map;
    private readonly Dictionary<string, int> places;
    private readonly List<MetricColumn> metrics;
    private readonly int columns;

    private RowMapping(ColumnMap map, Dictionary<string, int> places)
    {
        (this.map, this.places, columns) = (map, places, places.Count);
        metrics = [.. (map.Metrics ?? []).Where(metric => places.ContainsKey(metric.Column))];
        if (map.KnownMetrics)
            metrics.AddRange(places.Keys.Select(ExternalMetrics.OfColumn).OfType<ExternalMetric>().Select(metric => new MetricColumn(metric.Column, metric.Id, metric.Unit, metric.Better)));
    }

    /// <returns>The mapping, and what is to be said of the header; no mapping where the table cannot be read.</returns>
    public static (RowMapping? Mapping, ImportItem Header) Of(string[] header, ColumnMap map)
    {
        if (header is [var only] && only.AsSpan().IndexOfAny(";\t") is >= 0 and var at)
            return (null, ImportItem.Refused(FieldError.Of("line 1", only, $"Its cells are parted by {(only[at] == ';' ? "semicolons" : "tabs")}.", "Save it with commas between cells, and with points in numbers.")));
        var places = new Dictionary<string, int>();
        foreach (var (i, name) in header.Index())
        {
            if (!places.TryAdd(name.Trim(), i))
                return (null, ImportItem.Refused(FieldError.Of("line 1", name, "The column is there twice.", "Give each column a name of its own.")));
        }

        if (!places.ContainsKey(map.Hardware["cpuModel"]))
            return (null, ImportItem.Refused(FieldError.Of("line 1", null, $"There is no column '{map.Hardware["cpuModel"]}', which is cpuModel in the map '{map.Name}'.", "Give another map, or the right table.")));
        var mapping = new RowMapping(map, places);
        if (mapping.metrics.Count == 0)
            return (null, ImportItem.Refused(FieldError.Of("line 1", null, $"None of its columns is a figure of the map '{map.Name}'.", "Give another map, or the right table.")));
        var lacking = map.Hardware.Values.Concat((map.Metrics ?? []).Select(metric => metric.Column)).Where(column => !places.ContainsKey(column)).ToList();
        return (mapping, new ImportItem((ImportedResult?)null) { Notes = lacking.Count == 0 ? [] : [$"The table lacks these columns of the map: {string.Join(", ", lacking)}."] });
    }

    public ImportItem ItemOf(string[] row, int line)
    {
        if (row.Length != columns)
            return ImportItem.Refused(FieldError.Of($"line {line}", null, $"It has {row.Length} cells, the header has {columns}.", "Give every row as many cells as the header; put a cell with commas into quotes."));
        if (Array.Exists(row, cell => cell.Contains('\uFFFD', StringComparison.Ordinal)))
            return ImportItem.Refused(FieldError.Of($"line {line}", null, "It is not UTF-8.", "Save the table as UTF-8."));
        var errors = new List<FieldError>();
        var figures = Figures(row, line, errors);
        var hardware = HardwareOf(row, line, errors);
        var time = TimeOf(row, line, errors);
        if (errors.Count > 0)
            return ImportItem.Refused(errors);
        if (figures.Count == 0)
            return new ImportItem((ImportedResult?)null) { Notes = [$"line {line}: there is no figure in it."] };
        return ImportRules.Checked(
            new ImportItem(new ImportedResult
            {
                Format = ImportFormat.Csv,
                Program = map.Program,
                MeasuredAt = time,
                SourceId = HardwareText.Clean(Cell(row, map.SourceId)),
                Hardware = hardware!,
                Metrics = figures,
            }),
            field => $"line {line}, {ColumnOf(field)}");
    }

    private List<ImportedMetric> Figures(string[] row, int line, List<FieldError> errors)
    {
        var figures = new List<ImportedMetric>(metrics.Count);
        foreach (var metric in metrics)
        {
            if (Cell(row, metric.Column) is not { Length: > 0 } cell)
                continue;
            if (HardwareFields.NumberOf(cell) is > 0 and var value)
                figures.Add(new ImportedMetric(metric.Name, value, metric.Unit, metric.Better));
            else
                errors.Add(FieldError.Of($"line {line}, {metric.Column}", cell, "It is no number over 0.", Missing));
        }

        return figures;
    }

    private Hardware? HardwareOf(string[] row, int line, List<FieldError> errors)
    {
        var fields = new JsonObject();
        foreach (var (field, column) in map.Hardware)
        {
            if (Cell(row, column) is not { Length: > 0 } cell)
                continue;
            if (HardwareFields.ValueOf(field, cell) is { } value)
                fields[field] = value;
            else
                errors.Add(FieldError.Of($"line {line}, {column}", cell, $"It cannot be read as {field}.", Missing));
        }

        if (!fields.ContainsKey("cpuModel"))
            errors.Add(FieldError.Of($"line {line}, {map.Hardware["cpuModel"]}", null, "The processor's name is missing.", "Give it: without it, the figures belong to no machine."));
        return errors.Count > 0 ? null : HardwareFields.Of(fields) with { InstructionSets = SetsOf(row), Shared = SharedOf(row) };
    }

    // Known only where every one of them is known.
    private List<string>? SetsOf(string[] row)
    {
        if (map.InstructionSets is not { Count: > 0 } sets)
            return null;
        var cells = sets.Select(set => (Name: set.Key, Cell: Cell(row, set.Value))).ToList();
        return cells.TrueForAll(set => set.Cell is "0" or "1") ? [.. cells.Where(set => set.Cell == "1").Select(set => set.Name)] : null;
    }

    private bool? SharedOf(string[] row) => map.Shared is { } shared && Cell(row, shared.Column) is { Length: > 0 } cell ? cell == shared.Value : null;

    private DateTimeOffset? TimeOf(string[] row, int line, List<FieldError> errors)
    {
        if (Cell(row, map.MeasuredAt) is not { Length: > 0 } cell)
            return null;
        if (DateTimeOffset.TryParseExact(cell, ["yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        errors.Add(FieldError.Of($"line {line}, {map.MeasuredAt}", cell, "It is no time.", "Give 2026-01, 2026-01-31 or 2026-01-31T12:00:00Z."));
        return null;
    }

    private string? Cell(string[] row, string? column) => column is not null && places.TryGetValue(column, out var place) ? row[place].Trim() : null;

    /// <summary>The column of a field of the result, or the field where it has none.</summary>
    private string ColumnOf(string field) =>
        map.Hardware.GetValueOrDefault(field) ?? metrics.Find(metric => metric.Name == field)?.Column ?? field;
}
