using PcBench.Cli.Machine.Linux;
using PcBench.Cli.Machine.MacOs;
using PcBench.Cli.Machine.Windows;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Tells what state the machine is in before a run, and what happened to it during the run.</summary>
internal sealed class EnvironmentProbe
{
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(0.5);

    private readonly IStateSource source;
    private readonly EnvironmentInfo before;
    private readonly CpuTimes? timesBefore;

    private EnvironmentProbe(IStateSource source, EnvironmentInfo before, CpuTimes? timesBefore) =>
        (this.source, this.before, this.timesBefore) = (source, before, timesBefore);

    /// <summary>Reads the state before a run; takes half a second, in which others' use of the processor is sampled.</summary>
    public static EnvironmentProbe Start(TimeProvider time) => Start(time, SourceOfSystem());

    internal static EnvironmentProbe Start(TimeProvider time, IStateSource source)
    {
        // The load average is read first, so that it does not know of this program yet.
        var state = source.Read();
        var first = source.Times();
        var own = Environment.CpuUsage.TotalTime;
        Wait(time);
        own = Environment.CpuUsage.TotalTime - own;
        var second = source.Times();
        return new EnvironmentProbe(source, state with
        {
            BusyPercent = first is { } earlier ? second?.OthersPercentSince(earlier, own.TotalSeconds) : null,
            TemperatureBeforeC = source.TemperatureC(),
        }, second);
    }

    /// <summary>The state before the run, with steal over the run and the temperature at its end.</summary>
    public EnvironmentInfo Finish() => before with
    {
        StealPercent = timesBefore is { } earlier ? source.Times()?.StealPercentSince(earlier) : null,
        TemperatureAfterC = source.TemperatureC(),
    };

    private static void Wait(TimeProvider time)
    {
        using var over = new ManualResetEventSlim();
        using var timer = time.CreateTimer(_ => over.Set(), null, Sample, Timeout.InfiniteTimeSpan);
        over.Wait();
    }

    private static IStateSource SourceOfSystem()
    {
        if (OperatingSystem.IsWindows())
            return new WindowsState();
        return OperatingSystem.IsMacOS() ? new MacState(Sysctl.OfSystem) : new LinuxState(new SystemFiles());
    }
}
