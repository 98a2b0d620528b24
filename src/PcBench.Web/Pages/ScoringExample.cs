using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Web.Pages;

/// <summary>Samples as they come from a machine that also does other things: a few are fast and agree, the rest is slowed.</summary>
internal static class ScoringExample
{
    /// <summary>Samples, in order.</summary>
    public static IReadOnlyList<double> Samples { get; } =
        [53.1, 54.0, 51.2, 54.1, 48.9, 53.8, 50.4, 54.2, 52.7, 46.1, 53.2, 54.1, 51.9, 49.6, 53.9, 52.4, 44.8, 53.5, 50.9, 54.0];

    /// <summary>Their median with its interval.</summary>
    public static MedianInterval Median { get; } = SampleStatistics.MedianOf(Samples);

    /// <summary>The figure that counts.</summary>
    public static double Figure { get; } = SampleStatistics.AgreedBest(Samples, Better.Higher).Value;
}
