using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Statistics;

/// <summary>Whether intervals hold the truth as often as they say, on noise of every shape that machines have.</summary>
public class CoverageTests
{
    private const int Trials = 3_000;

    /// <summary>By name: a sample at a place from 0 to 1 in the run, for noise of this size, around 1.</summary>
    private static readonly Dictionary<string, Func<Random, double, double, double>> Noises = new()
    {
        ["two-sided"] = (random, size, _) => 1 + size * Normal(random),
        ["one-sided"] = (random, size, _) => 1 / (1 + size * Exponential(random)),
        ["outliers"] = (random, size, _) => (1 + size * Normal(random)) * (random.NextDouble() < 0.1 ? 0.5 : 1),
        ["bimodal"] = (random, size, _) => (random.NextDouble() < 0.3 ? 1 - 3 * size : 1) * (1 + size * Normal(random)),
        ["one in five slow"] = (random, size, _) => (random.NextDouble() < 0.2 ? 1 - 3 * size : 1) * (1 + 0.3 * size * Normal(random)),
        ["two kinds of slowness"] = (random, size, _) => 1 / (1 + (random.NextDouble() < 0.3 ? 5 : 0.3) * size * Exponential(random)),
        ["drift"] = (random, size, at) => 1 - size * at / 2 + size * Normal(random),
        ["heavy tails"] = (random, size, _) => Math.Max(0.01, 1 + size / 2 * Normal(random) / Math.Sqrt(Exponential(random))), // Student's t, 2 degrees
        ["heavy tail on one side"] = (random, size, _) => 1 / (1 + size * (Math.Pow(1 - random.NextDouble(), -1 / 1.5) - 1)), // Pareto
        ["log-normal"] = (random, size, _) => Math.Exp(-size * Math.Exp(Normal(random))),
        ["uniform"] = (random, size, _) => 1 + size * (2 * random.NextDouble() - 1),
        ["growing"] = (random, size, at) => 1 + size * (0.5 + at) * Normal(random),
    };

    public static MatrixTheoryData<string, double, int> Shapes => new([.. Noises.Keys], [0.005, 0.02, 0.1], [40]);

    /// <summary>Few samples and many, where each shape has been seen with 40.</summary>
    public static MatrixTheoryData<string, double, int> OtherCounts => new([.. Noises.Keys], [0.02], [5, 6, 8, 12, 120]);

    [Theory]
    [MemberData(nameof(Shapes))]
    [MemberData(nameof(OtherCounts))]
    public void The_median_lies_in_its_interval_in_93_to_97_of_100_runs(string shape, double size, int samples)
    {
        var random = new Random(1);
        var truth = TrueMedian(shape, size, samples);
        Covered(() => SampleStatistics.MedianOf(Draw(random, shape, size, samples)) is var interval && interval.Low <= truth && truth <= interval.High)
            .ShouldBeInRange(0.93, 0.97);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    [MemberData(nameof(OtherCounts))]
    public void The_ratio_of_two_results_lies_in_its_interval_in_93_to_97_of_100_runs(string shape, double size, int samples)
    {
        var random = new Random(2);
        Covered(() => Comparison.Of(Draw(random, shape, size, samples), [.. Draw(random, shape, size, samples).Select(sample => 1.3 * sample)], Better.Higher) is var ratio
                && ratio.Low <= 1.3 && 1.3 <= ratio.High)
            .ShouldBeInRange(0.93, samples < 7 ? 0.975 : 0.97); // 5 and 6 have one factor: 6 with heavy tails are held in 97.1
    }

    private static double Covered(Func<bool> trial) => Enumerable.Range(0, Trials).Count(_ => trial()) / (double)Trials;

    private static double[] Draw(Random random, string shape, double size, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => Noises[shape](random, size, (i + 0.5) / samples))];

    private static double TrueMedian(string shape, double size, int samples)
    {
        var random = new Random(3);
        return SampleStatistics.Median([.. Enumerable.Range(0, 400_000).Select(i => Noises[shape](random, size, (i % samples + 0.5) / samples))]);
    }

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
