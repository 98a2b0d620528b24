namespace PcBench.Ml.Training;

/// <summary>Metrics that a model predicts, where there is enough to learn from.</summary>
internal static class Predicted
{
    /// <summary>Under eight families, holding one out leaves too little to say how an unseen one would do.</summary>
    public const int MinFamilies = 8;

    /// <summary>An interval of 90 % needs at least ten residuals at each end.</summary>
    public const int MinRows = 200;

    public static IReadOnlyList<string> Metrics { get; } =
        ["geekbench6.single", "geekbench6.multi", "passmark11.cpu-mark", "bw-mem.read", "passmark-chart.cpu-mark", "passmark-chart.single-thread"];

    public static Tables.MachineKind KindOf(string metric) =>
        metric.StartsWith("passmark-chart.", StringComparison.Ordinal) ? Tables.MachineKind.Chart : Tables.MachineKind.Server;

    public static MetricEvaluation TooLittle(MetricRows rows) => new(rows.Metric, null, new Dictionary<string, Accuracy>(),
        $"{rows.Metric}: not enough data: {rows.Machines.Count} rows of {rows.FamilyCount} CPU families; a model needs {MinRows} rows of {MinFamilies} families.");
}
