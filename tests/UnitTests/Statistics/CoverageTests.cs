using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Statistics;

/// <summary>Whether intervals hold the truth as often as they say, on noise of every shape that machines have.</summary>
public class CoverageTests
{
    private const int Trials = 3_000;
    private const int Samples = 40;

    /// <summary>By name: a sample at a place from 0 to 1 in the run, for noise of this size, around 1.</summary>
    private static readonly Dictionary<string, Func<Random, double, double, double>> Noises = new()
    {
        ["two-sided"] = (random, size, _) => 1 + size * Normal(random),
        ["one-sided"] = (random, size, _) => 1 / (1 - size * Math.Log(1 - random.NextDouble())),
        ["outliers"] = (random, size, _) => (1 + size * Normal(random)) * (random.NextDouble() < 0.1 ? 0.5 : 1),
        ["bimodal"] = (random, size, _) => (random.NextDouble() < 0.3 ? 1 - 3 * size : 1) * (1 + size * Normal(random)),
        ["drift"] = (random, size, at) => 1 - size * at / 2 + size * Normal(random),
    };

    public static MatrixTheoryData<string, double> Shapes => new([.. Noises.Keys], [0.005, 0.02, 0.1]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_median_lies_in_its_interval_in_93_to_97_of_100_runs(string shape, double size)
    {
        var random = new Random(1);
        var truth = TrueMedian(shape, size);
        Covered(() => SampleStatistics.MedianOf(Draw(random, shape, size)) is var interval && interval.Low <= truth && truth <= interval.High)
            .ShouldBeInRange(0.93, 0.97);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_ratio_of_two_results_lies_in_its_interval_in_93_to_97_of_100_runs(string shape, double size)
    {
        var random = new Random(2);
        Covered(() => Comparison.Of(Draw(random, shape, size), [.. Draw(random, shape, size).Select(sample => 1.3 * sample)], Better.Higher) is var ratio
                && ratio.Low <= 1.3 && 1.3 <= ratio.High)
            .ShouldBeInRange(0.93, 0.97);
    }

    private static double Covered(Func<bool> trial) => Enumerable.Range(0, Trials).Count(_ => trial()) / (double)Trials;

    private static double[] Draw(Random random, string shape, double size) =>
        [.. Enumerable.Range(0, Samples).Select(i => Noises[shape](random, size, (i + 0.5) / Samples))];

    private static double TrueMedian(string shape, double size)
    {
        var random = new Random(3);
        return SampleStatistics.Median([.. Enumerable.Range(0, 400_000).Select(i => Noises[shape](random, size, (i % Samples + 0.5) / Samples))]);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
