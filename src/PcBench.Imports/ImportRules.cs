using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Imports.Geekbench;
using PcBench.Imports.Passmark;

namespace PcBench.Imports;

/// <summary>What an imported result must be, whatever it was read from.</summary>
public static class ImportRules
{
    private const int MaxMetrics = 1_000;
    private const int MaxErrors = 20;
    private const double MaxValue = 1e15;
    private const string AsWritten = "Give it as the program wrote it, or leave it out where it is optional.";

    /// <summary>The item, or its refusal.</summary>
    /// <param name="item">What a reader made.</param>
    /// <param name="place">Where a field of the result stands in the source: its line, or its path.</param>
    internal static ImportItem Checked(ImportItem item, Func<string, string> place)
    {
        if (item.Result is not { } result || item.Errors.Count > 0)
            return item;
        var errors = Check(result);
        return errors.Count == 0 ? item : item with { Result = null, Errors = [.. errors.Select(error => error with { Field = place(error.Field) })] };
    }

    /// <summary>What is wrong with a result; at most 20 things.</summary>
    public static IReadOnlyList<FieldError> Check(ImportedResult result)
    {
        var errors = new List<FieldError>();
        Text("program", result.Program, HardwareText.MaxLength);
        if (result.SourceId is { } id)
            Text("sourceId", id, HardwareText.MaxLength);
        if (!Enum.IsDefined(result.Format) || result.Format == ImportFormat.Pcbench)
            Add("format", result.Format, "It does not say what program's file it was read from.", "Give geekbench6, passmark, phoronix or csv.");
        if (result.MeasuredAt is { Year: < 1990 or > 2100 })
            Add("measuredAt", result.MeasuredAt, "It is no time at which a PC was measured.", AsWritten);
        if (result.Hardware is null)
            Add("hardware", null, "It is missing.", "Give an object; it may be empty.");
        else
            HardwareRules.Check(result.Hardware, Add);
        if (result.Metrics is null or { Count: 0 or > MaxMetrics })
            Add("metrics", result.Metrics?.Count, $"There must be 1 to {MaxMetrics} figures.", "Leave a result without any figure out.");
        else
            Metrics(result.Metrics);
        if (errors.Count == 0)
        {
            var figures = result.Metrics!.ToDictionary(metric => metric.Name, metric => metric.Value);
            errors.AddRange(GeekbenchScores.Check(figures));
            errors.AddRange(PassmarkMarks.Check(figures, result.Program));
        }

        return errors;

        void Metrics(IReadOnlyList<ImportedMetric> metrics)
        {
            var names = new HashSet<string>();
            foreach (var (i, metric) in metrics.Index())
            {
                var field = $"metrics[{i}]";
                if (metric?.Name is not { Length: > 0 and <= 200 } name || !name.All(IsOfName))
                {
                    Add($"{field}.name", metric?.Name, "It is no name of a metric.", "Give lower case letters, digits and . _ - / +, at most 200.");
                    continue;
                }

                if (!names.Add(name))
                    Add(name, metric.Value, "The metric is there twice.", "Give each figure once.");
                if (!(metric.Value > 0 && metric.Value <= MaxValue))
                    Add(name, metric.Value, $"A figure must be over 0 and at most {MaxValue:R}.", "Leave a figure that was not measured out.");
                if (metric.Unit is not { Length: <= 40 } unit || HardwareText.IndexOfForbidden(unit) >= 0)
                    Add($"{name}.unit", metric.Unit, "It is no unit.", "Give up to 40 characters of printable ASCII.");
                if (!Enum.IsDefined(metric.Better))
                    Add($"{name}.better", metric.Better, "It is no direction.", "Give higher or lower.");
            }
        }

        void Text(string field, string? text, int max)
        {
            if (string.IsNullOrEmpty(text) || text.Length > max || HardwareText.IndexOfForbidden(text) >= 0)
                Add(field, text, $"It is empty, longer than {max} characters, or holds characters that may not stand in a name.", AsWritten);
        }

        void Add(string field, object? value, string problem, string fix)
        {
            if (errors.Count < MaxErrors)
                errors.Add(FieldError.Of(field, value, problem, fix));
        }
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-' or '/' or '+';
}
