using System.Numerics;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Measure;

/// <summary>How large the arrays must be that are to lie in memory, not in caches, and may be on this machine.</summary>
/// <param name="LargestCache">The largest cache that one core reaches, in bytes.</param>
/// <param name="AllCaches">All caches of that level, in bytes.</param>
/// <param name="Allowance">Memory that arrays may take, in bytes.</param>
internal sealed record MemorySizes(long LargestCache, long AllCaches, long Allowance)
{
    private const int Arrays = 3;

    // Four times the cache is what STREAM asks for: then at most a quarter of an array can still be there.
    private const int TimesCache = 4;

    // Where the machine hides its caches.
    private const long UsualCache = 32L << 20;

    /// <summary>A quarter of what the machine, or the container, has, and at most half of what is free.</summary>
    public static long AllowanceOf(long total, long free) => Math.Min(total / 4, free / 2);

    public static MemorySizes Of(MachineInfo machine)
    {
        var last = machine.Cpu.Caches.Where(cache => cache.Kind != CacheKind.Instruction).MaxBy(cache => cache.Level);
        GC.Collect(); // what is free is known only as of the last collection
        var memory = GC.GetGCMemoryInfo();
        var one = last is null ? UsualCache : (long)last.SizeKib << 10;
        var allowance = AllowanceOf(memory.TotalAvailableMemoryBytes, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
        return new MemorySizes(one, one * (last?.Count ?? 1), allowance);
    }

    /// <summary>Bytes of each array of one thread alone.</summary>
    public long SingleArray => Bounded(LargestCache, 1);

    /// <summary>Bytes of each array of each of <paramref name="threads"/> threads.</summary>
    public long ArrayOfEach(int threads) => Bounded(AllCaches, threads) / threads;

    /// <summary>
    /// Bytes of each array of the <paramref name="member"/>th thread of <paramref name="team"/>: enough for the smallest
    /// team of a power of two that it takes part in, which gives it the largest share.
    /// </summary>
    public long ArrayOf(int member, int team)
    {
        var smallest = member == 0 ? 2 : (int)BitOperations.RoundUpToPowerOf2((uint)member + 1);
        return Math.Max(ArrayOfEach(Math.Min(smallest, team)), member == 0 ? SingleArray : 0);
    }

    /// <summary>
    /// What all threads have together is at most what is allowed: the first two threads' arrays take half of the largest size each, the next
    /// two a quarter each, and so on, and the first one's may be as large as a single thread's.
    /// </summary>
    private long Bounded(long cache, int threads) =>
        Math.Min(TimesCache * cache, (long)(Allowance / Arrays / (2 + Math.Log2(Math.Max(1, threads)) / 2)));
}
