using PcBench.Contracts.Results;

namespace PcBench.Cli.Measure;

/// <summary>How large the arrays must be that are to lie in memory, not in caches, and may be on this machine.</summary>
/// <param name="LargestCache">The largest cache that one core reaches, in bytes.</param>
/// <param name="AllCaches">All caches of that level, in bytes.</param>
/// <param name="Memory">Memory this process may use, in bytes.</param>
internal sealed record MemorySizes(long LargestCache, long AllCaches, long Memory)
{
    private const int Arrays = 3;

    // Four times the cache is what STREAM asks for: then at most a quarter of an array can still be there.
    private const int TimesCache = 4;

    // Where the machine hides its caches.
    private const long UsualCache = 32L << 20;

    /// <summary>Memory this process may use, in bytes: the machine's, or what its container is given.</summary>
    public static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public static MemorySizes Of(MachineInfo machine)
    {
        var last = machine.Cpu.Caches.Where(cache => cache.Kind != CacheKind.Instruction).MaxBy(cache => cache.Level);
        var one = last is null ? UsualCache : (long)last.SizeKib << 10;
        return new MemorySizes(one, one * (last?.Count ?? 1), Available);
    }

    /// <summary>Bytes of each array of one thread alone.</summary>
    public long SingleArray => Bounded(LargestCache);

    /// <summary>Bytes of each array of each of <paramref name="threads"/> threads.</summary>
    public long ArrayOfEach(int threads) => Bounded(AllCaches) / threads;

    /// <summary>One thread's and all threads' arrays together take at most a quarter of the memory.</summary>
    private long Bounded(long cache) => Math.Min(TimesCache * cache, Memory / 8 / Arrays);
}
