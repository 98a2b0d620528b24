namespace PcBench.Ml.Models;

/// <summary>What the linear floor of a metric sees: logarithms of speed, cores and bandwidth, with bends where more cores help less.</summary>
internal static class Floor
{
    private static readonly double[] Bends = [2, 4, 8, 16, 32, 64];

    public static string[] ColumnsOf(string metric) => metric switch
    {
        "passmark-chart.cpu-mark" => ["speed-machine", "speed-machine-base", "cores-like-big", "smt", "tdp", "per-clock", "year", "phone"],
        "passmark-chart.single-thread" => ["max-clock", "base-clock", "per-clock", "year", "name-known", "tdp-per-core", "phone"],
        _ when IsSingle(metric) => ["max-clock", "all-core-clock", "per-clock", "year", "shared", "bare"],
        _ when IsMemory(metric) => ["readable", "bandwidth", "readable-links", "readable-modules", "per-clock", "memory-rate", "shared", "cores"],
        _ => ["speed", "speed-all-cores", "per-clock", "process", "threads-per-core", "arm", "shared", "bare", "cores"],
    };

    /// <returns>The inputs, unknown ones as NaN.</returns>
    public static double[] Inputs(string[] columns, FeatureIndex index, ReadOnlySpan<float> features)
    {
        var bends = columns[^1] == "cores" ? Bends.Length : 0;
        var inputs = new double[columns.Length + bends];
        for (var i = 0; i < columns.Length; i++)
        {
            var value = features[index.Of(columns[i])];
            inputs[i] = value <= FeatureWriter.Unknown ? double.NaN : value;
        }

        for (var i = 0; i < bends; i++)
            inputs[columns.Length + i] = Math.Max(0, inputs[columns.Length - 1] - Math.Log(Bends[i]));
        return inputs;
    }

    public static bool IsSingle(string metric) => metric.Contains("single", StringComparison.Ordinal) || metric.Contains("-1t", StringComparison.Ordinal);

    public static bool IsMemory(string metric) => metric.StartsWith("bw-mem", StringComparison.Ordinal) || metric.Contains("memory", StringComparison.Ordinal) || metric.StartsWith("membench", StringComparison.Ordinal);
}

/// <summary>Where a feature stands.</summary>
internal sealed class FeatureIndex(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> places = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);

    public IReadOnlyList<string> Names { get; } = names;

    public int Of(string name) => places[name];
}
