using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Time of one load: a walk along pointers that visit all cache lines of a piece of memory in one random cycle. No prefetcher
/// can foresee it, and each load waits for the one before. By size it shows the caches; 256 MiB show memory.
/// </summary>
internal sealed unsafe class MemoryLatency : IKernel
{
    /// <summary>Size of the walk that is scored.</summary>
    public const int Bytes = 256 << 20;

    private const int LineBytes = 64;
    private const int Unrolled = 16;

    private readonly NativeBuffer memory;
    private readonly int lineCount;
    private readonly int loads;
    private Line* position;
    private long walked;
    private bool done;

    /// <summary>Lays the walk out.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="pages">What pages it shall lie on.</param>
    public MemoryLatency(int bytes = Bytes, Pages pages = Pages.Huge)
    {
        memory = new NativeBuffer((nuint)bytes, pages);
        lineCount = bytes / LineBytes;
        loads = LoadsOf(bytes);
        var lines = memory.As<Line>();
        var order = RandomOrder(lineCount);
        for (var i = 0; i < lineCount; i++)
        {
            var line = lines + order[i];
            line->Next = lines + order[(i + 1) % lineCount];
            line->Place = i;
        }

        position = lines + order[0];
    }

    public void Reset() => done = false;

    public double Run()
    {
        position = Walk(position, loads);
        walked += loads;
        done = true;
        return loads / 1e9;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // Where the walk stands depends on how often it ran; how far that is from where it ought to stand does not.
        Span<byte> off = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(off, done ? position->Place - walked % lineCount : -1);
        hash.AppendData(off);
    }

    public void Dispose() => memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Line* Walk(Line* line, int loads)
    {
        for (; loads > 0; loads -= Unrolled)
        {
            line = line->Next->Next->Next->Next;
            line = line->Next->Next->Next->Next;
            line = line->Next->Next->Next->Next;
            line = line->Next->Next->Next->Next;
        }

        return line;
    }

    /// <summary>So many that a sample takes some milliseconds, from a nanosecond a load in the first cache to 100 in memory.</summary>
    private static int LoadsOf(int bytes) => bytes switch
    {
        <= 1 << 20 => 2 << 20,
        <= 32 << 20 => 256 << 10,
        _ => 64 << 10,
    };

    private static int[] RandomOrder(int count)
    {
        var random = new DeterministicRandom(8);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], i);
        }

        return order;
    }

    [StructLayout(LayoutKind.Sequential, Size = LineBytes)]
    private struct Line
    {
        public Line* Next;
        public long Place;
    }
}
