using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Measure;

public class RunSessionTests
{
    [Fact]
    public void A_machine_that_takes_long_to_make_workloads_ready_measures_some_and_keeps_the_budget()
    {
        var plan = RunPlan.Quick with { Preset = Contracts.Results.RunPreset.Custom, Budget = Seconds(4), WarmUpUntil = Seconds(2), MeasureUntil = Seconds(3) };
        var workloads = WorkloadCatalog.Scored.Where(workload => workload.Kind == ScoreKind.Single).ToList();
        var clock = new SlowClock();
        var prepared = 0;

        var outcome = new RunSession(new RunRequest(plan, workloads, []), clock, Report).Run(TestContext.Current.CancellationToken);

        workloads.Count.ShouldBeGreaterThan(3);
        prepared.ShouldBeInRange(1, 2);
        outcome.Skipped.Count(reason => reason.Contains("the time to make workloads ready was over", StringComparison.Ordinal)).ShouldBe(workloads.Count - prepared);

        void Report(RunProgress progress)
        {
            if (!progress.Activity.StartsWith("Preparing", StringComparison.Ordinal))
                return;
            prepared++;
            clock.Late += Seconds(1);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>The system's clock, put forward by what a slow machine would have taken.</summary>
    private sealed class SlowClock : TimeProvider
    {
        public TimeSpan Late { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Late.TotalSeconds * TimestampFrequency);
    }
}
