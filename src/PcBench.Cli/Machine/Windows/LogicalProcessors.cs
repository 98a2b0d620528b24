using System.Buffers.Binary;
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
        var cores = Records(buffer, Core).Where(record => record.Length >= 32)
            .Select(record => (EfficiencyClass: record.Span[9], Threads: Threads(record.Span, countAt: 30, affinitiesAt: 32))).ToList();
        if (cores.Count == 0)
            return null;
        var packages = Records(buffer, Package).Count();
        var least = cores.Min(core => core.EfficiencyClass);
        var small = cores.Count(core => core.EfficiencyClass == least);
        var hybrid = small < cores.Count;
        return new CpuTopology(
            Math.Clamp(packages, 1, Math.Min(cores.Count, 64)),
            cores.Count,
            Math.Max(cores.Count, cores.Sum(core => core.Threads)),
            hybrid ? cores.Count - small : null, hybrid ? small : null);
    }

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

    /// <summary>The set bits of the masks, one for each group of up to 64 processors.</summary>
    private static int Threads(ReadOnlySpan<byte> record, int countAt, int affinitiesAt)
    {
        var threads = 0;
        var groups = BinaryPrimitives.ReadUInt16LittleEndian(record[countAt..]);
        for (var at = affinitiesAt; groups > 0 && at + AffinitySize <= record.Length; at += AffinitySize, groups--)
            threads += (int)ulong.PopCount(BinaryPrimitives.ReadUInt64LittleEndian(record[at..]));
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
