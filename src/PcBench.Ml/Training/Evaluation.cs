using PcBench.Ml.Models;

namespace PcBench.Ml.Training;

/// <summary>How well a metric is predicted, on rows or a slice of them.</summary>
/// <param name="N">Rows.</param>
/// <param name="Families">CPU families among them.</param>
/// <param name="MdApe">Median of the absolute error, in percent of the measured figure.</param>
/// <param name="P90">What 90 % of the absolute errors are under, in percent.</param>
/// <param name="Coverage">Share of rows inside of their 90 % interval, in percent.</param>
/// <param name="Width">Median width of the interval, in percent of the median prediction.</param>
internal sealed record Accuracy(int N, int Families, double MdApe, double P90, double Coverage, double Width);

/// <summary>A metric's accuracy.</summary>
/// <param name="Metric">Id.</param>
/// <param name="All">On all rows; absent where there is too little.</param>
/// <param name="Slices">On slices: <c>vendor=AMD</c>.</param>
/// <param name="Note">Why there are no figures.</param>
internal sealed record MetricEvaluation(string Metric, Accuracy? All, IReadOnlyDictionary<string, Accuracy> Slices, string? Note = null);

/// <summary>A row beside its prediction.</summary>
internal sealed record Scored(Tables.Machine Machine, double Measured, Models.Range Range);

internal static class Evaluation
{
    /// <summary>A slice with fewer rows says little.</summary>
    private const int MinSlice = 20;

    public static MetricEvaluation Of(string metric, IReadOnlyList<Scored> scored)
    {
        var slices = scored.SelectMany(row => SlicesOf(row).Select(slice => (Slice: slice, Row: row)))
            .GroupBy(pair => pair.Slice, pair => pair.Row).Where(group => group.Count() >= MinSlice)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Measure([.. group]));
        return new MetricEvaluation(metric, Measure(scored), slices);
    }

    public static List<Scored> Score(MetricModel model, IEnumerable<Tables.Machine> machines) =>
        [.. from machine in machines
            where machine.Kind == model.Kind
            let figure = machine.Figure(model.Metric)
            where figure is not null
            select new Scored(machine, figure.Value, Predict(model, machine))];

    private static Models.Range Predict(MetricModel model, Tables.Machine machine) =>
        model.Predict(MachineFeatures.Of(model.Kind, machine.Hardware), MachineFeatures.CoreOf(model.Kind, machine.Hardware), Doubt.Of(model.Kind, machine.Hardware).Factor);

    public static Accuracy Measure(IReadOnlyList<Scored> scored)
    {
        var errors = scored.Select(row => Math.Abs((row.Range.Median / row.Measured) - 1)).Order().ToArray();
        var widths = scored.Select(row => (row.Range.High - row.Range.Low) / row.Range.Median).Order().ToArray();
        var inside = scored.Count(row => row.Measured >= row.Range.Low && row.Measured <= row.Range.High);
        return new Accuracy(scored.Count, scored.Select(row => row.Machine.Family).Distinct().Count(),
            Percent(Quantile(errors, 0.5)), Percent(Quantile(errors, 0.9)), Percent((double)inside / scored.Count), Percent(Quantile(widths, 0.5)));
    }

    private static double Quantile(double[] sorted, double share) => Contracts.Statistics.SampleStatistics.Quantile(sorted, share);

    private static double Percent(double share) => Math.Round(share * 100, 2);

    private static IEnumerable<string> SlicesOf(Scored row)
    {
        var hardware = row.Machine.Hardware;
        yield return $"vendor={hardware.Vendor ?? "unknown"}";
        yield return $"microarchitecture={MachineFeatures.CoreOf(row.Machine.Kind, hardware) ?? "unknown"}";
        yield return $"threads={hardware.Threads switch { null => "unknown", <= 2 => "1-2", <= 8 => "3-8", <= 32 => "9-32", <= 96 => "33-96", _ => "over 96" }}";
        if (hardware.Shared is { } shared)
            yield return $"allocation={(shared ? "shared" : "dedicated")}";
        if (row.Machine.Kind == Tables.MachineKind.Server)
            yield return $"hypervisor={(hardware.Hypervisor is { Length: > 0 } name ? name : "none")}";
        else
            yield return $"category={hardware.Category ?? "unknown"}";
    }
}
