using System.Collections.Concurrent;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Cpus;

/// <summary>Pages of CPU models, kept until a result of the model enters or leaves the boards.</summary>
internal sealed class CpuCache
{
    private const int Capacity = 2_000;

    private readonly ConcurrentDictionary<long, CpuView> views = new();
    private readonly ConcurrentDictionary<long, long> versions = new();

    public CpuView? Find(long cpuNo) => views.GetValueOrDefault(cpuNo);

    /// <summary>Take it before reading the store; <see cref="Keep"/> drops what was read before a change.</summary>
    public long VersionOf(long cpuNo) => versions.GetValueOrDefault(cpuNo);

    public void Keep(long cpuNo, long version, CpuView view)
    {
        if (views.Count >= Capacity)
            views.Clear();
        views[cpuNo] = view;
        if (VersionOf(cpuNo) != version)
            views.TryRemove(cpuNo, out _);
    }

    public void Evict(long cpuNo)
    {
        versions.AddOrUpdate(cpuNo, 1, (_, version) => version + 1);
        views.TryRemove(cpuNo, out _);
    }
}
