using Microsoft.Extensions.Time.Testing;
using PcBench.Cli.Measure;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Measure;

public sealed class RunnerTests
{
    private static readonly RunPlan Plan = RunPlan.Quick with { Scored = new(5, 40) };
    private readonly FakeTimeProvider time = new();
    private readonly List<RunProgress> reports = [];
    private int compiled;
    private int collected;

    [Fact]
    public void A_workload_is_done_when_its_best_samples_agree()
    {
        var steady = Fake("sort.single", 0.01, _ => 100);

        Run(steady).ShouldHaveSingleItem().Samples.Count.ShouldBe(Plan.Scored.Least);
    }

    [Fact]
    public void A_workload_whose_samples_never_agree_stops_at_the_cap()
    {
        var restless = Fake("sort.single", 0.01, i => Math.Pow(1.1, i));

        Run(restless).ShouldHaveSingleItem().Samples.Count.ShouldBe(Plan.Scored.Most);
    }

    [Fact]
    public void What_is_left_of_the_budget_goes_to_those_that_do_not_agree()
    {
        var steady = Fake("sort.single", 0.01, _ => 100);
        var restless = Fake("json.single", 0.01, i => Math.Pow(1.1, i));

        var results = Run(steady, restless);

        results[0].Samples.Count.ShouldBe(Plan.Scored.Least);
        results[1].Samples.Count.ShouldBe(Plan.Scored.Most);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(30)]
    public void A_slow_machine_ends_within_the_budget_too(double secondsOfSample)
    {
        var started = time.GetTimestamp();

        Run([.. Contracts.Workloads.WorkloadCatalog.Scored.Select(workload => Fake(workload.Id, secondsOfSample, i => Math.Pow(1.1, i)))]);

        time.GetElapsedTime(started).ShouldBeLessThanOrEqualTo(Plan.MeasureUntil);
    }

    [Fact]
    public void A_workload_that_is_too_slow_for_the_rest_of_the_time_does_not_keep_others_from_it()
    {
        var slow = Fake("storage-read-random", 20, _ => 100);
        var restless = Fake("json.single", 0.5, i => Math.Pow(1.1, i));

        var results = Run(slow, restless);

        results.Single(result => result.Id == "json.single").Samples.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Samples_of_all_workloads_are_taken_in_turns()
    {
        var order = new List<string>();
        string[] ids = ["sort.single", "json.single", "fractal.single"];

        Run([.. ids.Select(id => new FakeMeasurement(id, time, TimeSpan.FromMilliseconds(10), _ => 100) { Taking = () => order.Add(id) })]);

        order.Chunk(ids.Length).ShouldAllBe(round => round.Distinct().Count() == ids.Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        Order(1).ShouldBe(Order(1));
        Order(1).ShouldNotBe(Order(2));

        List<string> Order(int seed)
        {
            var order = new List<string>();
            string[] ids = ["sort.single", "json.single", "fractal.single", "sha-256.single"];
            Runner(seed).Run([.. ids.Select(id => new FakeMeasurement(id, time, TimeSpan.Zero, _ => 100) { Taking = () => order.Add(id) })], CancellationToken.None);
            return order;
        }
    }

    [Fact]
    public void Samples_that_warm_up_do_not_count()
    {
        var measurement = Fake("sort.single", 0.01, _ => 100);

        Run(measurement);

        measurement.WarmUpsTaken.ShouldBeGreaterThanOrEqualTo(measurement.WarmUps);
        measurement.Taken.ShouldBe(Plan.Scored.Least);
    }

    [Fact]
    public void A_sample_beside_which_the_runtime_compiled_or_collected_does_not_count()
    {
        var value = 0;
        var measurement = new FakeMeasurement("sort.single", time, TimeSpan.FromSeconds(0.1), i => i is 1 or 3 ? 1 : 100)
        {
            Taking = () => (compiled, collected) = value++ switch { 1 => (compiled + 1, collected), 3 => (compiled, collected + 1), _ => (compiled, collected) },
        };

        var runner = Runner(0);
        runner.Run([measurement], CancellationToken.None).ShouldHaveSingleItem().Samples.ShouldBe([100, 100, 100, 100, 100]);
        runner.Discarded.ShouldBe(2);
    }

    [Fact]
    public void Warming_up_ends_when_the_runtime_has_compiled_nothing_for_a_round()
    {
        var measurement = new FakeMeasurement("sort.single", time, TimeSpan.FromSeconds(0.1), _ => 100)
        {
            WarmingUp = taken => compiled += taken < 9 ? 1 : 0,
        };

        Run(measurement);

        measurement.WarmUpsTaken.ShouldBe(10);
    }

    [Fact]
    public void A_runtime_that_never_comes_to_rest_keeps_nobody_from_measuring()
    {
        var measurement = new FakeMeasurement("sort.single", time, TimeSpan.FromSeconds(0.1), _ => 100)
        {
            Taking = () => compiled++,
            WarmingUp = _ => compiled++,
        };

        Run(measurement).ShouldHaveSingleItem().Samples.Count.ShouldBe(Plan.Scored.Least);
    }

    [Fact]
    public void Each_sample_has_its_time_and_processor_share()
    {
        var result = Run(Fake("sort.single", 1, _ => 100)).ShouldHaveSingleItem();

        result.AtSeconds.ShouldBe([3, 4, 5, 6, 7]);
        result.CpuShare.ShouldBe([1, 1, 1, 1, 1]);
    }

    [Fact]
    public void A_cancelled_run_takes_no_further_sample()
    {
        using var cancel = new CancellationTokenSource();
        var measurement = new FakeMeasurement("sort.single", time, TimeSpan.FromSeconds(1), _ => 100) { Taking = cancel.Cancel };

        Should.Throw<OperationCanceledException>(() => Runner(0).Run([measurement], cancel.Token));

        measurement.Taken.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_workload_with_a_wrong_output_fails_alone(int goodSamples)
    {
        var wrong = Fake("sort.single", 0.01, i => i < goodSamples ? 100 : throw new WrongOutputException("sort.single", "00"));
        var right = Fake("json.single", 0.01, _ => 100);

        var runner = Runner(0);
        runner.Run([wrong, right], CancellationToken.None).ShouldHaveSingleItem().Id.ShouldBe("json.single");

        runner.Failed.ShouldHaveSingleItem().ForDocument().ShouldBe(new WorkloadFailure("sort.single", FailureReason.WrongOutput));
    }

    [Fact]
    public void A_workload_that_throws_in_warming_up_fails_alone_and_is_not_tried_again()
    {
        var broken = new FakeMeasurement("sort.single", time, TimeSpan.FromSeconds(0.01), _ => 100) { WarmingUp = _ => throw new IOException("/home/somebody") };
        var right = Fake("json.single", 0.01, _ => 100);

        var runner = Runner(0);
        runner.Run([broken, right], CancellationToken.None).ShouldHaveSingleItem().Samples.Count.ShouldBe(Plan.Scored.Least);

        broken.Taken.ShouldBe(0);
        broken.WarmUpsTaken.ShouldBe(1);
        runner.Failed.ShouldHaveSingleItem().ForDocument().ShouldBe(new WorkloadFailure("sort.single", FailureReason.Error));
    }

    [Fact]
    public void Where_every_workload_fails_the_run_ends()
    {
        var runner = Runner(0);
        runner.Run([Fake("sort.single", 0.01, _ => throw new InsufficientMemoryException())], CancellationToken.None).ShouldBeEmpty();
        runner.Failed.ShouldHaveSingleItem().ForDocument().Reason.ShouldBe(FailureReason.Memory);
    }

    [Fact]
    public void Progress_ends_at_the_whole_with_no_time_left()
    {
        Run(Fake("sort.single", 0.1, _ => 100));

        reports[^1].Share.ShouldBe(1, 0.001);
        reports[^1].Left.ShouldBe(TimeSpan.Zero);
    }

    private FakeMeasurement Fake(string id, double seconds, Func<int, double> value) => new(id, time, TimeSpan.FromSeconds(seconds), value);

    private IReadOnlyList<WorkloadResult> Run(params IReadOnlyList<IMeasurement> measurements) => Runner(0).Run(measurements, CancellationToken.None);

    private Runner Runner(int seed) => new(Plan, time.GetTimestamp(), time, new Random(seed), reports.Add, activity: () => (compiled, collected));
}
