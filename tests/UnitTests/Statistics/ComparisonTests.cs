using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Statistics;

public class ComparisonTests
{
    [Fact]
    public void A_clear_difference_is_called_in_the_direction_that_is_better()
    {
        double[] slow = [100, 101, 99, 100, 102, 98, 100];
        double[] fast = [125, 126, 124, 125, 127, 123, 125];

        Comparison.Of(slow, fast, Better.Higher).ShouldSatisfyAllConditions(
            comparison => comparison.Ratio.ShouldBe(1.25, 1e-9),
            comparison => comparison.Verdict.ShouldBe(Verdict.Better),
            comparison => comparison.Low.ShouldBeGreaterThan(1.2));
        Comparison.Of(slow, fast, Better.Lower).ShouldSatisfyAllConditions(
            comparison => comparison.Ratio.ShouldBe(0.8, 1e-9),
            comparison => comparison.Verdict.ShouldBe(Verdict.Worse),
            comparison => comparison.High.ShouldBeLessThan(0.84),
            comparison => comparison.Low.ShouldBeLessThan(comparison.Ratio));
    }

    [Fact]
    public void Nothing_is_called_where_the_interval_holds_one() =>
        Comparison.Of([100, 120, 90, 110, 95, 105, 130], [104, 125, 92, 113, 99, 108, 133], Better.Higher)
            .Verdict.ShouldBe(Verdict.NotDistinguishable);

    [Fact]
    public void Nothing_is_called_under_one_per_cent_however_steady_both_are() =>
        Comparison.Of([.. Enumerable.Repeat(100.0, 40)], [.. Enumerable.Repeat(100.5, 40)], Better.Higher)
            .Verdict.ShouldBe(Verdict.NotDistinguishable);

    [Theory]
    [InlineData(0.005)]
    [InlineData(0.10)]
    public void The_interval_covers_the_true_ratio_in_about_95_of_100_cases(double noise)
    {
        const int Trials = 2_000;
        var random = new Random(7);
        var covered = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var comparison = Comparison.Of(Samples(random, 100, noise), Samples(random, 130, noise), Better.Higher);
            if (comparison.Low <= 1.3 && 1.3 <= comparison.High)
                covered++;
        }

        ((double)covered / Trials).ShouldBeInRange(0.93, 0.98);
    }

    private static double[] Samples(Random random, double level, double noise) =>
        [.. Enumerable.Range(0, 20).Select(_ => level / (1 - noise * Math.Log(1 - random.NextDouble())))];
}
