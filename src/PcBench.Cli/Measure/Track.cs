using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>What a run knows of one workload so far.</summary>
/// <param name="measurement">The workload.</param>
/// <param name="activity">What the runtime has done so far; see <see cref="RuntimeQuiet.Activity"/>.</param>
internal sealed class Track(IMeasurement measurement, Func<(int Compiled, int Collected)> activity)
{
    // A program around this one that never comes to rest shall not keep a workload from its samples.
    private const int MostDiscarded = 20;

    private readonly List<double> warmUps = [];
    private readonly List<double> samples = [];
    private readonly List<double> atSeconds = [];
    private readonly List<double> cpuShares = [];
    private readonly List<int> switches = [];
    private readonly List<int> faults = [];

    public IMeasurement Measurement { get; } = measurement;

    public int Count => samples.Count;

    /// <summary>Time of the last sample, with all that goes with one; null before the first.</summary>
    public TimeSpan? Cost { get; private set; }

    /// <summary>Samples that do not count, because the runtime compiled or collected beside them.</summary>
    public int Discarded { get; private set; }

    /// <summary>Whether the last three warm-ups are no better than those before: compiled, cached and clocked up.</summary>
    public bool IsWarm => warmUps.Count >= Measurement.WarmUps && !StillImproves();

    /// <summary>Whether enough samples agree.</summary>
    public bool Agreed => Count > 0 && SampleStatistics.FigureOf(Measurement.Workload, samples).Agreed;

    /// <summary>What ended it; null while it goes well. Its samples are worth nothing then, the good ones before included.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Lets it work; an error ends it alone.</summary>
    public void Try(Action<Track> work)
    {
        try
        {
            work(this);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The top of all workloads: whatever goes wrong in one, the others go on.
            Failure = error;
        }
    }

    public void WarmUp(TimeProvider time)
    {
        var started = time.GetTimestamp();
        warmUps.Add(Measurement.WarmUp().Value);
        Cost = time.GetElapsedTime(started);
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="at">Time since the start of the run.</param>
    public void Take(TimeProvider time, TimeSpan at)
    {
        var started = time.GetTimestamp();
        var before = activity();
        var sample = Measurement.Take();
        Cost = time.GetElapsedTime(started);
        if (activity() != before && Discarded < MostDiscarded)
        {
            Discarded++;
            return;
        }

        samples.Add(Rounded(sample.Value));
        switches.Add(sample.Switches ?? 0);
        faults.Add(sample.Faults ?? 0);
        atSeconds.Add(Math.Round(at.TotalSeconds, 3));
        if (sample.CpuShare is { } share)
            cpuShares.Add(Math.Round(Math.Clamp(share, 0, 1.05), 4));
    }

    public WorkloadResult Result() => new()
    {
        Id = Measurement.Workload.Id,
        Version = Measurement.Workload.Version,
        Unit = Measurement.Workload.Unit,
        Threads = Measurement.Threads,
        Samples = samples,
        AtSeconds = atSeconds,
        CpuShare = cpuShares.Count == samples.Count ? cpuShares : null,
        Switches = switches.Any(count => count > 0) ? switches : null,
        PageFaults = faults.Any(count => count > 0) ? faults : null,
        Digest = Measurement.Workload.Digest,
        Variant = Measurement.Variant,
    };

    /// <summary>Seven significant digits: more than any clock gives, and half the size of the document.</summary>
    private static double Rounded(double value) =>
        value is > 0 and < 1e7 ? Math.Round(value, Math.Min(15, 6 - (int)Math.Floor(Math.Log10(value)))) : value;

    private bool StillImproves()
    {
        const int recent = 3;
        if (warmUps.Count <= recent)
            return false;
        var higher = Measurement.Workload.Better == Better.Higher;
        var before = warmUps.Take(warmUps.Count - recent);
        var after = warmUps.TakeLast(recent);
        return higher
            ? after.Max() > before.Max() * (1 + SampleStatistics.AgreementTolerance)
            : after.Min() < before.Min() * (1 - SampleStatistics.AgreementTolerance);
    }
}
