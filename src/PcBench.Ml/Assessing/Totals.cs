namespace PcBench.Ml.Assessing;

/// <summary>Totals that a benchmark computes from its subtests by a known formula, computed again.</summary>
internal static class Totals
{
    // Geekbench 6: geometric means of 9 integer and 7 floating-point subtests, weighted 65 to 35.
    private static readonly string[] Integer =
        ["file-compression", "navigation", "html5-browser", "pdf-renderer", "photo-library", "clang", "text-processing", "asset-compression", "object-detection"];

    private static readonly string[] Float =
        ["background-blur", "horizon-detection", "object-remover", "hdr", "photo-filter", "ray-tracer", "structure-from-motion"];

    // PassMark PerformanceTest 11: weighted harmonic means; the weights hold the units.
    private static readonly (string Metric, double Weight)[] CpuMark =
    [
        ("integer-math", 0.4519407), ("float-math", 0.2482016), ("prime", 0.00022735651), ("sorting", 0.1716498), ("encryption", 0.0768128),
        ("compression", 1.9256342), ("single-thread", 0.01371831), ("physics", 0.003779289), ("extended-instructions", 0.0887824),
    ];

    private static readonly (string Metric, double Weight)[] MemoryMark =
    [
        ("database", 0.0571429), ("read-cached", 1.8357943), ("read-uncached", 0.8326144), ("write", 0.5064880), ("available", 0.3222830),
        ("latency", 2.9482845e-6), ("threaded", 1.1324437),
    ];

    /// <summary>Rounded subtests give the total back to within two in a thousand.</summary>
    public const double Tolerance = 0.004;

    /// <summary>Each total that can be computed: its metric and the logarithm of reported over computed.</summary>
    public static IEnumerable<(string Metric, double Ratio)> Check(IReadOnlyDictionary<string, double> figures)
    {
        foreach (var kind in new[] { "geekbench6.single", "geekbench6.multi" })
        {
            if (figures.TryGetValue(kind, out var total) && Mean(figures, kind, Integer) is { } integer && Mean(figures, kind, Float) is { } real)
                yield return (kind, Math.Log(total) - (0.65 * integer) - (0.35 * real));
        }

        if (figures.TryGetValue("passmark11.cpu-mark", out var mark) && CpuMark.All(part => figures.ContainsKey("passmark11." + part.Metric)))
            yield return ("passmark11.cpu-mark", Math.Log(mark * CpuMark.Sum(part => part.Weight / figures["passmark11." + part.Metric])));

        if (figures.TryGetValue("passmark11.memory-mark", out var memory) && MemoryMark.All(part => figures.ContainsKey("passmark11.memory." + part.Metric)))
        {
            yield return ("passmark11.memory-mark", Math.Log(memory * MemoryMark.Sum(part =>
                part.Metric == "latency" ? part.Weight * figures["passmark11.memory.latency"] : part.Weight / figures["passmark11.memory." + part.Metric])));
        }
    }

    private static double? Mean(IReadOnlyDictionary<string, double> figures, string kind, string[] subtests)
    {
        double sum = 0;
        foreach (var subtest in subtests)
        {
            if (!figures.TryGetValue($"{kind}.{subtest}", out var figure) || figure <= 0)
                return null;
            sum += Math.Log(figure);
        }

        return sum / subtests.Length;
    }
}
