using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Time of one load from memory: a walk along pointers that visit the 4 Mi cache lines of 256 MiB in one random cycle.
/// No prefetcher can foresee it, and each load waits for the one before.
/// </summary>
internal sealed unsafe class MemoryLatency : IKernel
{
    /// <summary>Size of the walk.</summary>
    public const int Bytes = 256 << 20;

    private const int LineBytes = 64;
    private const int Lines = Bytes / LineBytes;
    private const int Unrolled = 16;
    private const int Loads = 64 * 1024;

    private readonly NativeBuffer memory = new(Bytes);
    private Line* position;
    private long walked;
    private bool done;

    public MemoryLatency()
    {
        var lines = memory.As<Line>();
        var order = RandomOrder();
        for (var i = 0; i < Lines; i++)
        {
            var line = lines + order[i];
            line->Next = lines + order[(i + 1) % Lines];
            line->Place = i;
        }

        position = lines + order[0];
    }

    public void Reset() => done = false;

    public double Run()
    {
        position = Walk(position, Loads);
        walked += Loads;
        done = true;
        return Loads / 1e9;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // Where the walk stands depends on how often it ran; how far that is from where it ought to stand does not.
        Span<byte> off = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(off, done ? position->Place - walked % Lines : -1);
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

    private static int[] RandomOrder()
    {
        var random = new DeterministicRandom(8);
        var order = new int[Lines];
        for (var i = 0; i < Lines; i++)
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
