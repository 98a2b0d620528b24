using PcBench.Backend.Caching;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Cpus;

/// <summary>Median scores of a CPU model.</summary>
internal sealed record Medians(ScoreMedian? Single, ScoreMedian? Multi);

/// <summary>The median of a CPU model's results on one board.</summary>
internal sealed record ScoreMedian(double Value, MedianRange Range);

/// <summary>What was computed of CPU models.</summary>
internal sealed class CpuCache(Freshness freshness, TimeProvider time, ILogger<CpuCache> logger)
{
    /// <summary>From so many results on computing a model's statistics takes so long that nobody may be made to wait for it.</summary>
    public const int Many = 1_000;

    public PerCpu<IReadOnlyList<CpuBoard>> Boards { get; } = new(freshness, time, logger);

    public PerCpu<Medians> Medians { get; } = new(freshness, time, logger);
}
