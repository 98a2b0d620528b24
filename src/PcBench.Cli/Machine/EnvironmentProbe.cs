using PcBench.Cli.Machine.Linux;
using PcBench.Cli.Machine.MacOs;
using PcBench.Cli.Machine.Windows;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Tells what state the machine is in before a run, and what happened to it during the run.</summary>
internal sealed class EnvironmentProbe
{
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(0.5);

    // What a program leaves behind that started this one (a build, a server coming up) is over by then.
    private const int MostSamples = 6;
    private const double QuietPercent = 5;
    private const double BetweenLooks = 1;

    private readonly IStateSource source;
    private readonly EnvironmentInfo before;
    private readonly CpuTimes? timesBefore;
    private readonly List<StateInCourse> course = [];
    private CpuTimes? timesAtLast;
    private TimeSpan ownAtLast = Environment.CpuUsage.TotalTime;

    private EnvironmentProbe(IStateSource source, EnvironmentInfo before, CpuTimes? timesBefore) =>
        (this.source, this.before, this.timesBefore, timesAtLast) = (source, before, timesBefore, timesBefore);

    /// <summary>
    /// Reads the state before a run: samples others' use of the processor for half a second, again until it is quiet, for
    /// 3 seconds at most. What counts is the last sample: the state in which the run begins.
    /// </summary>
    public static EnvironmentProbe Start(TimeProvider time) => Start(time, SourceOfSystem());

    internal static EnvironmentProbe Start(TimeProvider time, IStateSource source)
    {
        // The load average is read first, so that it does not know of this program yet.
        var state = source.Read();
        var times = source.Times();
        double? busy = null;
        for (var sample = 0; sample < MostSamples && busy is null or > QuietPercent && times is { } earlier; sample++)
        {
            var own = Environment.CpuUsage.TotalTime;
            Wait(time);
            own = Environment.CpuUsage.TotalTime - own;
            times = source.Times();
            busy = times?.OthersPercentSince(earlier, own.TotalSeconds);
        }

        return new EnvironmentProbe(source, state with { BusyPercent = busy, TemperatureBeforeC = source.TemperatureC() }, times);
    }

    /// <summary>Looks at the state between two samples, if the last look is a second ago.</summary>
    /// <param name="at">Time since the start of the run.</param>
    /// <param name="mhz">Measures the clock.</param>
    public void Observe(TimeSpan at, Func<double?> mhz)
    {
        if (course.Count > 0 && at.TotalSeconds - course[^1].AtSeconds < BetweenLooks)
            return;
        var (times, own) = (source.Times(), Environment.CpuUsage.TotalTime);
        course.Add(new StateInCourse
        {
            AtSeconds = Math.Round(at.TotalSeconds, 2),
            Mhz = mhz(),
            TemperatureC = source.TemperatureC(),
            BusyPercent = timesAtLast is { } last ? times?.OthersPercentSince(last, (own - ownAtLast).TotalSeconds) : null,
            StealPercent = timesAtLast is { } earlier ? times?.StealPercentSince(earlier) : null,
        });
        (timesAtLast, ownAtLast) = (times, own);
    }

    /// <summary>The state before the run, with steal over the run, the temperature at its end, and what was seen meanwhile.</summary>
    public EnvironmentInfo Finish() => before with
    {
        StealPercent = timesBefore is { } earlier ? source.Times()?.StealPercentSince(earlier) : null,
        TemperatureAfterC = source.TemperatureC(),
        Course = course.Count == 0 ? null : course,
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
