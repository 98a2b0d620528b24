using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>Caches by CPUID, for where the operating system does not list them.</summary>
internal static class CpuIdCaches
{
    private const uint IntelLeaf = 0x4;
    private const uint AmdLeaf = 0x8000_001D;
    private const uint MaxCaches = 8;

    /// <summary>The caches of the core that asks, with as many instances as the threads that share one leave room for.</summary>
    public static IReadOnlyList<CacheInfo> Read(CpuIdReader cpuid, int threads)
    {
        var leaf = (cpuid.Leaf(AmdLeaf).Eax & 0x1F) != 0 ? AmdLeaf : IntelLeaf;
        var caches = new List<CacheInfo>();
        for (uint i = 0; i < MaxCaches && Decode(cpuid.Leaf(leaf, i), threads) is { } cache; i++)
            caches.Add(cache);
        return caches;
    }

    private static CacheInfo? Decode(CpuIdRegisters leaf, int threads)
    {
        CacheKind? kind = (leaf.Eax & 0x1F) switch
        {
            1 => CacheKind.Data,
            2 => CacheKind.Instruction,
            3 => CacheKind.Unified,
            _ => null,
        };
        var level = (int)(leaf.Eax >> 5) & 0x7;
        if (kind is null || level is < 1 or > 4)
            return null;

        var sharing = (int)((leaf.Eax >> 14) & 0xFFF) + 1;
        long ways = (leaf.Ebx >> 22) + 1;
        long partitions = ((leaf.Ebx >> 12) & 0x3FF) + 1;
        long line = (leaf.Ebx & 0xFFF) + 1;
        long sets = (long)leaf.Ecx + 1;
        var kib = ways * partitions * line * sets / 1024;
        return kib is < 1 or > 1 << 24
            ? null
            : new CacheInfo { Level = level, Kind = kind.Value, SizeKib = (int)kib, Count = Math.Max(1, threads / sharing) };
    }
}
