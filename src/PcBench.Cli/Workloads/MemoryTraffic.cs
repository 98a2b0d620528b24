using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>What goes over the memory bus.</summary>
internal enum Traffic
{
    /// <summary>One array is added up.</summary>
    Read,

    /// <summary>One array is filled.</summary>
    Write,

    /// <summary>One array is copied into another; both count, as STREAM has it.</summary>
    Copy,
}

/// <summary>
/// Reads, writes or copies arrays that no cache holds, in vectors. Stores are tried in both ways, through the caches and past
/// them, as <see cref="MemoryBandwidth"/> does.
/// </summary>
internal sealed unsafe class MemoryTraffic : IVariantKernel
{
    private const int BlockElements = MemoryArrays.BlockElements;
    private const int CheckedBlocks = MemoryArrays.MinBlocks;

    private readonly (string Name, nint Path)[] paths;
    private readonly Traffic traffic;
    private readonly MemoryArrays arrays;
    private readonly nuint blocks;
    private double sum;

    /// <summary>Works on the first <paramref name="bytes"/> bytes of arrays, which stay their owner's.</summary>
    public MemoryTraffic(Traffic traffic, MemoryArrays arrays, long bytes) =>
        (this.traffic, this.arrays, blocks, paths) = (traffic, arrays, arrays.BlocksOf(bytes), PathsOf(traffic));

    public IReadOnlyList<string> Variants => [.. paths.Select(path => path.Name)];

    public int Variant { get; set; }

    public void Reset()
    {
        sum = -1;
        for (var i = 0; i < CheckedBlocks && traffic != Traffic.Read; i++)
            Checked(i).Clear();
    }

    public double Run()
    {
        var run = (delegate*<double*, double*, nuint, double>)paths[Variant].Path;
        sum = run(arrays.B, arrays.A, blocks * BlockElements);
        return (traffic == Traffic.Copy ? 2.0 : 1.0) * blocks * BlockElements * sizeof(double) / 1e9;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // All blocks are alike whatever the size of the arrays: the sum of one (exact, as all its terms are whole), or one
        // that stands for all.
        if (traffic == Traffic.Read)
        {
            hash.AppendData(BitConverter.GetBytes(sum / blocks));
            return;
        }

        var first = Checked(0);
        hash.AppendData(MemoryMarshal.AsBytes(first));
        for (var i = 1; i < CheckedBlocks; i++)
        {
            if (!Checked(i).SequenceEqual(first))
                hash.AppendData(MemoryMarshal.AsBytes(Checked(i)));
        }
    }

    public void Dispose()
    {
    }

    private Span<double> Checked(int i) => new(arrays.A + (nuint)i * (blocks / CheckedBlocks) * BlockElements, BlockElements);

    private static (string, nint)[] PathsOf(Traffic traffic) => (traffic, Vector256.IsHardwareAccelerated) switch
    {
        (Traffic.Read, true) when Vector512.IsHardwareAccelerated => [("Vector256", Address(&Read256)), ("Vector512", Address(&Read512))],
        (Traffic.Read, true) => [("Vector256", Address(&Read256))],
        (Traffic.Read, false) => [("Vector128", Address(&Read128))],
        (Traffic.Write, true) => [("Vector256", Address(&Write256)), ("Vector256 non-temporal", Address(&Write256NonTemporal))],
        (Traffic.Write, false) => [("Vector128", Address(&Write128)), ("Vector128 non-temporal", Address(&Write128NonTemporal))],
        (_, true) when Vector512.IsHardwareAccelerated => [("system", Address(&CopyBySystem)), ("Vector256 non-temporal", Address(&Copy256NonTemporal)), ("Vector512 non-temporal", Address(&Copy512NonTemporal))],
        (_, true) => [("system", Address(&CopyBySystem)), ("Vector256 non-temporal", Address(&Copy256NonTemporal))],
        (_, false) => [("system", Address(&CopyBySystem)), ("Vector128 non-temporal", Address(&Copy128NonTemporal))],
    };

    private static nint Address(delegate*<double*, double*, nuint, double> path) => (nint)path;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Read512(double* from, double* to, nuint n)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i < n; i += 32)
        {
            s0 += Vector512.LoadAligned(from + i);
            s1 += Vector512.LoadAligned(from + i + 8);
            s2 += Vector512.LoadAligned(from + i + 16);
            s3 += Vector512.LoadAligned(from + i + 24);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Read256(double* from, double* to, nuint n)
    {
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i < n; i += 16)
        {
            s0 += Vector256.LoadAligned(from + i);
            s1 += Vector256.LoadAligned(from + i + 4);
            s2 += Vector256.LoadAligned(from + i + 8);
            s3 += Vector256.LoadAligned(from + i + 12);
        }

        return Vector256.Sum(s0 + s1 + s2 + s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Read128(double* from, double* to, nuint n)
    {
        Vector128<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i < n; i += 8)
        {
            s0 += Vector128.LoadAligned(from + i);
            s1 += Vector128.LoadAligned(from + i + 2);
            s2 += Vector128.LoadAligned(from + i + 4);
            s3 += Vector128.LoadAligned(from + i + 6);
        }

        return Vector128.Sum(s0 + s1 + s2 + s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Write256(double* from, double* to, nuint n)
    {
        var value = Vector256.Create(7.0);
        for (nuint i = 0; i < n; i += 4)
            value.StoreAligned(to + i);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Write256NonTemporal(double* from, double* to, nuint n)
    {
        var value = Vector256.Create(7.0);
        for (nuint i = 0; i < n; i += 4)
            value.StoreAlignedNonTemporal(to + i);
        return Fence();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Write128(double* from, double* to, nuint n)
    {
        var value = Vector128.Create(7.0);
        for (nuint i = 0; i < n; i += 2)
            value.StoreAligned(to + i);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Write128NonTemporal(double* from, double* to, nuint n)
    {
        var value = Vector128.Create(7.0);
        for (nuint i = 0; i < n; i += 2)
            value.StoreAlignedNonTemporal(to + i);
        return Fence();
    }

    private static double CopyBySystem(double* from, double* to, nuint n)
    {
        NativeMemory.Copy(from, to, n * sizeof(double));
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Copy256NonTemporal(double* from, double* to, nuint n)
    {
        // Loads in a row and stores in a row: the bus turns round less often.
        for (nuint i = 0; i < n; i += 16)
        {
            var (v0, v1) = (Vector256.LoadAligned(from + i), Vector256.LoadAligned(from + i + 4));
            var (v2, v3) = (Vector256.LoadAligned(from + i + 8), Vector256.LoadAligned(from + i + 12));
            v0.StoreAlignedNonTemporal(to + i);
            v1.StoreAlignedNonTemporal(to + i + 4);
            v2.StoreAlignedNonTemporal(to + i + 8);
            v3.StoreAlignedNonTemporal(to + i + 12);
        }

        return Fence();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Copy512NonTemporal(double* from, double* to, nuint n)
    {
        for (nuint i = 0; i < n; i += 32)
        {
            var (v0, v1) = (Vector512.LoadAligned(from + i), Vector512.LoadAligned(from + i + 8));
            var (v2, v3) = (Vector512.LoadAligned(from + i + 16), Vector512.LoadAligned(from + i + 24));
            v0.StoreAlignedNonTemporal(to + i);
            v1.StoreAlignedNonTemporal(to + i + 8);
            v2.StoreAlignedNonTemporal(to + i + 16);
            v3.StoreAlignedNonTemporal(to + i + 24);
        }

        return Fence();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Copy128NonTemporal(double* from, double* to, nuint n)
    {
        for (nuint i = 0; i < n; i += 2)
            Vector128.LoadAligned(from + i).StoreAlignedNonTemporal(to + i);
        return Fence();
    }

    /// <summary>Non-temporal stores wait in buffers of their own: the work is done when they have left them.</summary>
    private static double Fence()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
        else
            Thread.MemoryBarrier();
        return 0;
    }
}
