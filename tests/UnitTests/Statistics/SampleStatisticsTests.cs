using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Statistics;

public class SampleStatisticsTests
{
    [Fact]
    public void The_agreed_best_is_the_mean_of_the_three_best_that_agree()
    {
        var figure = SampleStatistics.AgreedBest([80, 99.5, 100, 60, 99.9], Better.Higher);

        figure.Agreed.ShouldBeTrue();
        figure.Value.ShouldBe((100 + 99.9 + 99.5) / 3, 1e-9);
    }

    [Fact]
    public void A_lone_sample_better_than_all_others_is_passed_over()
    {
        SampleStatistics.AgreedBest([4597, 100, 99.8, 99.6, 80], Better.Higher).Value.ShouldBe(99.8, 1e-9);
        SampleStatistics.AgreedBest([0.1, 100, 100.2, 100.4, 130], Better.Lower).Value.ShouldBe(100.2, 1e-9);
    }

    [Fact]
    public void Where_nothing_agrees_the_best_stands_and_says_so()
    {
        var figure = SampleStatistics.AgreedBest([100, 90, 80, 70], Better.Higher);

        figure.ShouldBe(new Figure(90, Agreed: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Under_three_samples_nothing_is_agreed(int count) =>
        SampleStatistics.AgreedBest([.. Enumerable.Repeat(5.0, count)], Better.Higher).ShouldBe(new Figure(5, Agreed: false));

    [Fact]
    public void Under_six_samples_the_interval_is_the_range_with_the_confidence_it_has()
    {
        SampleStatistics.MedianOf([3, 1, 2]).ShouldBe(new MedianInterval(2, 1, 3, 0.75));
        SampleStatistics.MedianOf([7]).ShouldBe(new MedianInterval(7, 7, 7, 0));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(100)]
    [InlineData(1000)]
    public void The_interval_of_the_median_covers_the_truth_in_about_95_of_100_cases(int count)
    {
        // One-sided noise, as a PC has: true median of 1 + exponential is 1 + ln 2.
        const int Trials = 4_000;
        var random = new Random(count);
        var truth = 1 + Math.Log(2);
        var covered = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var interval = SampleStatistics.MedianOf([.. Enumerable.Range(0, count).Select(_ => 1 - Math.Log(1 - random.NextDouble()))]);
            if (interval.Low <= truth && truth <= interval.High)
                covered++;
        }

        ((double)covered / Trials).ShouldBeInRange(0.935, 0.98);
    }

    [Fact]
    public void The_interval_does_not_overflow_with_the_most_samples_a_result_may_have()
    {
        var interval = SampleStatistics.MedianOf([.. Enumerable.Range(1, 1_000).Select(x => (double)x)]);

        interval.Median.ShouldBe(500.5);
        interval.Low.ShouldBe(469, 2);
        interval.High.ShouldBe(532, 2);
    }

    [Fact]
    public void A_storage_workload_is_judged_by_its_median()
    {
        var workload = WorkloadCatalog.Find("storage-read-random")!;

        SampleStatistics.FigureOf(workload, [100, 101, 99, 100, 500, 98, 102]).Value.ShouldBe(100);
    }

    [Fact]
    public void The_coefficient_of_variation_is_that_of_the_sample()
    {
        SampleStatistics.CoefficientOfVariation([9, 10, 11]).ShouldBe(0.1, 1e-12);
        SampleStatistics.CoefficientOfVariation([10]).ShouldBe(0);
    }
}
