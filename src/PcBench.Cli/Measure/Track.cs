using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;

namespace PcBench.Cli.Measure;

/// <summary>What a run knows of one workload so far.</summary>
internal sealed class Track(IMeasurement measurement)
{
    private readonly List<double> warmUps = [];
    private readonly List<double> samples = [];
    private readonly List<double> atSeconds = [];
    private readonly List<double> cpuShares = [];

    public IMeasurement Measurement { get; } = measurement;

    public int Count => samples.Count;

    /// <summary>Time of the last sample, with all that goes with one; null before the first.</summary>
    public TimeSpan? Cost { get; private set; }

    /// <summary>Whether enough samples agree.</summary>
    public bool Agreed => Count > 0 && SampleStatistics.FigureOf(Measurement.Workload, samples).Agreed;

    /// <summary>Whether the last three warm-ups are no better than those before: compiled, cached and clocked up.</summary>
    public bool IsWarm => warmUps.Count >= Measurement.WarmUps && !StillImproves();

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
        var sample = Measurement.Take();
        Cost = time.GetElapsedTime(started);
        samples.Add(Rounded(sample.Value));
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
        var higher = Measurement.Workload.Better == Contracts.Workloads.Better.Higher;
        var before = warmUps.Take(warmUps.Count - recent);
        var after = warmUps.TakeLast(recent);
        return higher
            ? after.Max() > before.Max() * (1 + SampleStatistics.AgreementTolerance)
            : after.Min() < before.Min() * (1 - SampleStatistics.AgreementTolerance);
    }
}
