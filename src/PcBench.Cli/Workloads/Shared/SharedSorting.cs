using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>
/// Merge sort of one million integers: 32 parts are sorted at the same time, then pairs of them merged, fewer and longer ones in each
/// round, until one thread alone merges the last two. So it is in most programs: the last step belongs to one.
/// </summary>
internal sealed class SharedSorting(int threads) : SharedTask(threads)
{
    private const int Parts = 32;
    private const int PartLength = 32 * 1024;
    private const int Count = Parts * PartLength;

    private readonly int[] unsorted = Unsorted();
    private readonly int[] first = new int[Count];
    private readonly int[] second = new int[Count];

    protected override void Reset()
    {
        Array.Clear(first);
        Array.Clear(second);
    }

    protected override double Run(int member)
    {
        while (Take(Parts, out var part))
        {
            var numbers = first.AsSpan(part * PartLength, PartLength);
            unsorted.AsSpan(part * PartLength, PartLength).CopyTo(numbers);
            numbers.Sort();
        }

        var (from, to) = (first, second);
        for (var length = PartLength; length < Count; length *= 2)
        {
            Meet();
            while (Take(Count / (2 * length), out var pair))
                Merge(from.AsSpan(2 * pair * length, 2 * length), length, to.AsSpan(2 * pair * length, 2 * length));
            (from, to) = (to, from);
        }

        return Count / 1e6;
    }

    protected override void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(second.AsSpan()));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(ReadOnlySpan<int> parts, int middle, Span<int> merged)
    {
        var (left, right) = (0, middle);
        for (var i = 0; i < merged.Length; i++)
        {
            var takeLeft = right == parts.Length || (left < middle && parts[left] <= parts[right]);
            merged[i] = takeLeft ? parts[left++] : parts[right++];
        }
    }

    private static int[] Unsorted()
    {
        var numbers = new int[Count];
        new DeterministicRandom(18).Fill(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
