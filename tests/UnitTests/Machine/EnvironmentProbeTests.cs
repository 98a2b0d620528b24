using PcBench.Cli.Machine;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class EnvironmentProbeTests
{
    [Fact]
    public void The_state_is_that_before_the_run_with_steal_over_it_and_the_temperature_at_its_end()
    {
        var state = new ScriptedState(
            [new(0, 0, 0), new(40e6, 60e6, 0), new(100e6, 180e6, 20e6)],
            [45, 82.5]);

        var info = EnvironmentProbe.Start(TimeProvider.System, state).Finish();

        info.Governor.ShouldBe("performance");
        info.BusyPercent!.Value.ShouldBe(40, tolerance: 0.1);
        info.StealPercent.ShouldBe(10);
        (info.TemperatureBeforeC, info.TemperatureAfterC).ShouldBe((45, 82.5));
    }

    [Fact]
    public void Where_the_system_tells_no_times_shares_are_absent()
    {
        var info = EnvironmentProbe.Start(TimeProvider.System, new ScriptedState([], [])).Finish();

        (info.BusyPercent, info.StealPercent, info.TemperatureBeforeC, info.TemperatureAfterC).ShouldBe((null, null, null, null));
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
