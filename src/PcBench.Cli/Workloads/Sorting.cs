using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>The framework's sort over 64 Ki random integers: comparisons and unpredictable branches.</summary>
internal sealed class Sorting : IKernel
{
    private const int Count = 64 * 1024;

    private readonly int[] unsorted = new int[Count];
    private readonly int[] sorted = new int[Count];

    public Sorting() => new DeterministicRandom(4).Fill(MemoryMarshal.AsBytes(unsorted.AsSpan()));

    public void Reset() => Array.Clear(sorted);

    public double Run()
    {
        unsorted.CopyTo(sorted, 0);
        sorted.AsSpan().Sort();
        return Count / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(sorted.AsSpan()));

    public void Dispose()
    {
    }
}
