using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>How many samples a workload gets.</summary>
/// <param name="Least">If time allows.</param>
/// <param name="Most">Where the best samples do not agree.</param>
internal readonly record struct SampleCounts(int Least, int Most);

/// <summary>How long a run may take and how many samples it wants.</summary>
/// <param name="Preset">What was asked for.</param>
/// <param name="Budget">The promise: the whole run ends within it, on every machine.</param>
/// <param name="WarmUpUntil">When warming up ends, after the start of the run, even where figures still improve.</param>
/// <param name="MeasureUntil">No sample starts that would end after this. The rest is for saving and for what was misjudged.</param>
/// <param name="Scored">Samples of each workload that counts in a score.</param>
/// <param name="Unscored">Samples of each that does not: what they explain needs no second decimal place.</param>
/// <param name="StorageBytes">Size of the file that storage is measured on.</param>
/// <param name="StorageTime">Longest time for writing that file; on a slow disk it stays smaller.</param>
internal sealed record RunPlan(
    RunPreset Preset,
    TimeSpan Budget,
    TimeSpan WarmUpUntil,
    TimeSpan MeasureUntil,
    SampleCounts Scored,
    SampleCounts Unscored,
    long StorageBytes,
    TimeSpan StorageTime)
{
    /// <summary>What it measures unless something is chosen: in a minute all of the time goes to what is scored.</summary>
    public IReadOnlyList<Workload> Workloads => Preset == RunPreset.Full ? WorkloadCatalog.All : WorkloadCatalog.Scored;

    /// <summary>A disk gets no more than its median needs: flash wears, and a sample may write 64 MiB.</summary>
    private static readonly SampleCounts MostOfDisk = new(100, 120);

    public SampleCounts SamplesOf(Workload workload) =>
        !workload.IsScored ? Unscored
        : workload.Kind != ScoreKind.Storage ? Scored
        : new SampleCounts(Math.Min(Scored.Least, MostOfDisk.Least), Math.Min(Scored.Most, MostOfDisk.Most));

    public static RunPlan Quick { get; } = new(
        RunPreset.Quick,
        Budget: TimeSpan.FromSeconds(60),
        WarmUpUntil: TimeSpan.FromSeconds(20),
        MeasureUntil: TimeSpan.FromSeconds(48),
        Scored: new(60, 250),
        Unscored: new(20, 80),
        StorageBytes: 512L << 20,
        StorageTime: TimeSpan.FromSeconds(6));

    public static RunPlan Full { get; } = new(
        RunPreset.Full,
        Budget: TimeSpan.FromMinutes(6),
        WarmUpUntil: TimeSpan.FromSeconds(60),
        MeasureUntil: TimeSpan.FromSeconds(335),
        Scored: new(200, 600),
        Unscored: new(20, 80),
        StorageBytes: 2L << 30,
        StorageTime: TimeSpan.FromSeconds(30));
}
