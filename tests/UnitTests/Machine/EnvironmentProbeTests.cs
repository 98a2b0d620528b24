using PcBench.Cli.Machine;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class EnvironmentProbeTests
{
    [Fact]
    public void The_state_is_that_before_the_run_with_steal_over_it_and_the_temperature_at_its_end()
    {
        var state = new ScriptedState(
            [new(0, 0, 0), new(3e6, 97e6, 0), new(63e6, 217e6, 20e6)],
            [45, 82.5]);

        var info = EnvironmentProbe.Start(new Instant(), state).Finish();

        info.Governor.ShouldBe("performance");
        info.BusyPercent!.Value.ShouldBe(3, tolerance: 0.1);
        info.StealPercent.ShouldBe(10);
        (info.TemperatureBeforeC, info.TemperatureAfterC).ShouldBe((45, 82.5));
    }

    [Fact]
    public void What_is_over_before_the_run_begins_does_not_count()
    {
        var state = new ScriptedState([new(0, 0, 0), new(50e6, 50e6, 0), new(52e6, 148e6, 0)], []);

        EnvironmentProbe.Start(new Instant(), state).Finish().BusyPercent!.Value.ShouldBe(2, tolerance: 0.1);
    }

    [Fact]
    public void A_machine_that_stays_busy_is_not_waited_for_without_end()
    {
        var state = new ScriptedState(Enumerable.Range(0, 100).Select(i => new CpuTimes(i * 40e6, i * 60e6, 0)), []);

        EnvironmentProbe.Start(new Instant(), state).Finish().BusyPercent!.Value.ShouldBe(40, tolerance: 0.1);
    }

    [Fact]
    public void Where_the_system_tells_no_times_shares_are_absent()
    {
        var info = EnvironmentProbe.Start(new Instant(), new ScriptedState([], [])).Finish();

        (info.BusyPercent, info.StealPercent, info.TemperatureBeforeC, info.TemperatureAfterC).ShouldBe((null, null, null, null));
    }

    /// <summary>A clock whose timers are over at once.</summary>
    private sealed class Instant : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    private sealed class ScriptedState(IEnumerable<CpuTimes> times, IEnumerable<double> temperatures) : IStateSource
    {
        private readonly Queue<CpuTimes> times = new(times);
        private readonly Queue<double> temperatures = new(temperatures);

        public EnvironmentInfo Read() => new() { Governor = "performance" };

        public double? TemperatureC() => temperatures.TryDequeue(out var temperature) ? temperature : null;

        public CpuTimes? Times() => times.TryDequeue(out var next) ? next : null;
    }
}
