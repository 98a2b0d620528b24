using System.Buffers.Binary;
using System.Numerics;
using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>The records that GetLogicalProcessorInformationEx fills a buffer with, one after the other, each with its size.</summary>
internal static class LogicalProcessors
{
    private const int Core = 0;
    private const int Cache = 2;
    private const int Package = 3;
    private const int HeaderSize = 8;
    private const int AffinitySize = 16;
    private const int MaxKinds = 16;

    /// <summary>Packages, cores and threads; null where there is no record of a core.</summary>
    public static CpuTopology? Topology(byte[]? buffer)
    {
        var cores = Cores(buffer).ToList();
        if (cores.Count == 0)
            return null;
        var packages = Records(buffer, Package).Count();
        var least = cores.Min(core => core.EfficiencyClass);
        var small = cores.Count(core => core.EfficiencyClass == least);
        var hybrid = small < cores.Count;
        return new CpuTopology(
            Math.Clamp(packages, 1, Math.Min(cores.Count, 64)),
            cores.Count,
            Math.Max(cores.Count, cores.Sum(core => core.Threads.Count)),
            hybrid ? cores.Count - small : null, hybrid ? small : null);
    }

    /// <summary>
    /// All threads, one of each core before any second one, which would share that core, and fast cores before small ones.
    /// </summary>
    /// <returns>Each as 64 × its group + its number in the group.</returns>
    public static IReadOnlyList<int> OneOfEachCoreFirst(byte[]? buffer) =>
    [
        .. Cores(buffer).SelectMany(core => core.Threads.Select((thread, sibling) => (Thread: thread, Sibling: sibling, core.EfficiencyClass)))
            .OrderBy(thread => thread.Sibling).ThenByDescending(thread => thread.EfficiencyClass).ThenBy(thread => thread.Thread)
            .Select(thread => thread.Thread),
    ];

    /// <summary>Caches by level, kind and size, nearest first.</summary>
    public static IReadOnlyList<CacheInfo> Caches(byte[]? buffer) =>
        Records(buffer, Cache).Where(record => record.Length >= 20)
            .Select(record => (
                Level: (int)record.Span[8],
                Kind: Kind(BinaryPrimitives.ReadInt32LittleEndian(record.Span[16..])),
                Kib: (int)(BinaryPrimitives.ReadUInt32LittleEndian(record.Span[12..]) / 1024)))
            .Where(cache => cache.Kind is not null && cache.Level is >= 1 and <= 4 && cache.Kib > 0)
            .GroupBy(cache => cache)
            .OrderBy(group => group.Key.Level).ThenBy(group => group.Key.Kind).ThenByDescending(group => group.Key.Kib)
            .Take(MaxKinds)
            .Select(group => new CacheInfo
            {
                Level = group.Key.Level,
                Kind = group.Key.Kind!.Value,
                SizeKib = group.Key.Kib,
                Count = group.Count(),
            })
            .ToList();

    private static IEnumerable<ReadOnlyMemory<byte>> Records(byte[]? buffer, int relationship)
    {
        var at = 0;
        while (buffer is not null && at + HeaderSize <= buffer.Length)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + 4));
            if (size < HeaderSize || size > buffer.Length - at)
                yield break;
            if (BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)) == relationship)
                yield return buffer.AsMemory(at, size);
            at += size;
        }
    }

    /// <summary>The higher its class, the faster a core.</summary>
    private static IEnumerable<(byte EfficiencyClass, List<int> Threads)> Cores(byte[]? buffer) =>
        Records(buffer, Core).Where(record => record.Length >= 32).Select(record => (record.Span[9], Threads(record.Span)));

    /// <summary>The set bits of a core's masks, one for each group of up to 64 processors.</summary>
    private static List<int> Threads(ReadOnlySpan<byte> core)
    {
        const int countAt = 30, affinitiesAt = 32, groupAt = 8;
        var threads = new List<int>();
        var groups = BinaryPrimitives.ReadUInt16LittleEndian(core[countAt..]);
        for (var at = affinitiesAt; groups > 0 && at + AffinitySize <= core.Length; at += AffinitySize, groups--)
        {
            var group = BinaryPrimitives.ReadUInt16LittleEndian(core[(at + groupAt)..]);
            for (var mask = BinaryPrimitives.ReadUInt64LittleEndian(core[at..]); mask != 0; mask &= mask - 1)
                threads.Add(64 * group + BitOperations.TrailingZeroCount(mask));
        }

        return threads;
    }

    private static CacheKind? Kind(int type) => type switch
    {
        0 => CacheKind.Unified,
        1 => CacheKind.Instruction,
        2 => CacheKind.Data,
        _ => null,
    };
}
