using PcBench.Contracts.Results;

namespace PcBench.Cli.Measure;

/// <summary>How long a run may take and how many samples it wants.</summary>
/// <param name="Preset">What was asked for.</param>
/// <param name="Budget">The promise: the whole run ends within it, on every machine.</param>
/// <param name="WarmUpUntil">When warming up ends, after the start of the run, even where figures still improve.</param>
/// <param name="MeasureUntil">No sample starts that would end after this. The rest is for saving and for what was misjudged.</param>
/// <param name="MinSamples">Samples of each workload, if time allows.</param>
/// <param name="MaxSamples">Where the best samples do not agree, further samples up to this.</param>
/// <param name="StorageBytes">Size of the file that storage is measured on.</param>
/// <param name="StorageTime">Longest time for writing that file; on a slow disk it stays smaller.</param>
internal sealed record RunPlan(
    RunPreset Preset,
    TimeSpan Budget,
    TimeSpan WarmUpUntil,
    TimeSpan MeasureUntil,
    int MinSamples,
    int MaxSamples,
    long StorageBytes,
    TimeSpan StorageTime)
{
    public static RunPlan Quick { get; } = new(
        RunPreset.Quick,
        Budget: TimeSpan.FromSeconds(60),
        WarmUpUntil: TimeSpan.FromSeconds(20),
        MeasureUntil: TimeSpan.FromSeconds(48),
        MinSamples: 60,
        MaxSamples: 250,
        StorageBytes: 512L << 20,
        StorageTime: TimeSpan.FromSeconds(6));

    public static RunPlan Full { get; } = new(
        RunPreset.Full,
        Budget: TimeSpan.FromMinutes(6),
        WarmUpUntil: TimeSpan.FromSeconds(60),
        MeasureUntil: TimeSpan.FromSeconds(335),
        MinSamples: 200,
        MaxSamples: 600,
        StorageBytes: 2L << 30,
        StorageTime: TimeSpan.FromSeconds(30));
}
