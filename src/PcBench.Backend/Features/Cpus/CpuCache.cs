using System.Collections.Concurrent;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Cpus;

/// <summary>What was computed of CPU models, kept until a result of the model enters or leaves the boards.</summary>
internal sealed class CpuCache
{
    public PerCpu<IReadOnlyList<CpuBoard>> Boards { get; } = new();

    public PerCpu<Medians> Medians { get; } = new();

    public void Evict(long cpuNo)
    {
        Boards.Evict(cpuNo);
        Medians.Evict(cpuNo);
    }
}

/// <summary>Median scores of a CPU model.</summary>
internal sealed record Medians(double? Single, double? Multi);

/// <summary>One value for each CPU model.</summary>
internal sealed class PerCpu<T>
    where T : class
{
    private const int Capacity = 5_000;

    private readonly ConcurrentDictionary<long, T> values = new();
    private readonly ConcurrentDictionary<long, long> versions = new();

    public async ValueTask<T> GetAsync(long cpuNo, Func<Task<T>> compute)
    {
        if (values.TryGetValue(cpuNo, out var known))
            return known;
        var version = versions.GetValueOrDefault(cpuNo);
        var value = await compute();
        if (values.Count >= Capacity)
            values.Clear();
        values[cpuNo] = value;

        // It may have been computed of what a commit changed meanwhile: then it serves this answer and no other.
        if (versions.GetValueOrDefault(cpuNo) != version)
            values.TryRemove(cpuNo, out _);
        return value;
    }

    public void Evict(long cpuNo)
    {
        versions.AddOrUpdate(cpuNo, 1, (_, version) => version + 1);
        values.TryRemove(cpuNo, out _);
    }
}
