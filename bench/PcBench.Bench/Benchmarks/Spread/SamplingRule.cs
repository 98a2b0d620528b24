using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Benchmarks.Spread;

/// <summary>A way from samples, in the order they were taken, to the figure that stands for them.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Apply">Gives the figure and how many of the samples it needed.</param>
internal sealed record SamplingRule(string Name, Func<IReadOnlyList<double>, Better, (double Figure, int Samples)> Apply)
{
    private const int Few = 10;

    /// <summary>What a run might have done with the samples that it took.</summary>
    public static IReadOnlyList<SamplingRule> All { get; } =
    [
        new($"mean of {Few}", (samples, _) => (samples.Take(Few).Average(), Few)),
        new($"median of {Few}", (samples, _) => (SampleStatistics.Median([.. samples.Take(Few)]), Few)),
        new("median of all", (samples, _) => (SampleStatistics.Median(samples), samples.Count)),
        new("until the median's error is under 1 %", UntilMedianIsSure),
        new($"best of {Few}", (samples, better) => (Best(samples.Take(Few), better), Few)),
        new("best of all", (samples, better) => (Best(samples, better), samples.Count)),
        new("three best within 1 %", (samples, better) => UntilAgreed(samples, better, atLeast: SampleStatistics.AgreeingSamples)),
        new($"three best within 1 %, {Few} at least", (samples, better) => UntilAgreed(samples, better, Few)),
    ];

    private static double Best(IEnumerable<double> samples, Better better) => better == Better.Higher ? samples.Max() : samples.Min();

    private static (double, int) UntilAgreed(IReadOnlyList<double> samples, Better better, int atLeast)
    {
        for (var count = atLeast; count < samples.Count; count++)
        {
            if (SampleStatistics.AgreedBest([.. samples.Take(count)], better) is { Agreed: true } agreed)
                return (agreed.Value, count);
        }

        return (SampleStatistics.AgreedBest(samples, better).Value, samples.Count);
    }

    private static (double, int) UntilMedianIsSure(IReadOnlyList<double> samples, Better better)
    {
        const int Least = 6; // under which there is no interval of 95 %
        for (var count = Least; count < samples.Count; count++)
        {
            var median = SampleStatistics.MedianOf([.. samples.Take(count)]);
            if (median.High - median.Low <= 0.02 * median.Median)
                return (median.Median, count);
        }

        return (SampleStatistics.Median(samples), samples.Count);
    }
}
