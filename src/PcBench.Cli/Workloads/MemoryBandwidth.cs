using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Triad of STREAM (J. D. McCalpin): a = b + 3 c over doubles, 24 bytes an element as STREAM counts them. Stores past the
/// caches spare the read of what is overwritten (1.5 times the rate on some processors), so they are among the variants.
/// </summary>
internal sealed unsafe class MemoryBandwidth : IVariantKernel
{
    private const int BlockElements = MemoryArrays.BlockElements;
    private const int CheckedBlocks = MemoryArrays.MinBlocks;

    private static readonly (string Name, nint Path)[] Paths = PathsOfThisProcessor();

    private readonly MemoryArrays arrays;
    private readonly nuint blocks;
    private nuint firstChecked;

    /// <summary>Works on the first <paramref name="bytes"/> bytes of three arrays, which stay their owner's.</summary>
    public MemoryBandwidth(MemoryArrays arrays, long bytes) => (this.arrays, blocks) = (arrays, arrays.BlocksOf(bytes));

    public IReadOnlyList<string> Variants { get; } = [.. Paths.Select(path => path.Name)];

    public int Variant { get; set; }

    public void Reset()
    {
        firstChecked = (firstChecked + 1) % (blocks / CheckedBlocks);
        for (var i = 0; i < CheckedBlocks; i++)
            Checked(i).Clear();
    }

    public double Run()
    {
        var triad = (delegate*<double*, double*, double*, nuint, void>)Paths[Variant].Path;
        triad(arrays.A, arrays.B, arrays.C, blocks * BlockElements);
        return 3.0 * sizeof(double) * blocks * BlockElements / 1e9;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // All blocks are alike whatever the size of the arrays: one stands for all, unless another differs.
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

    private Span<double> Checked(int i) =>
        new(arrays.A + ((nuint)i * (blocks / CheckedBlocks) + firstChecked) * BlockElements, BlockElements);

    private static (string, nint)[] PathsOfThisProcessor()
    {
        var paths = new List<(string, nint)> { ("scalar", Address(&Scalar)) };
        if (Vector256.IsHardwareAccelerated)
            paths.AddRange([("Vector256", Address(&Lanes4)), ("Vector256 non-temporal", Address(&Lanes4NonTemporal))]);
        else
            paths.AddRange([("Vector128", Address(&Lanes2)), ("Vector128 non-temporal", Address(&Lanes2NonTemporal))]);
        return [.. paths];
    }

    private static nint Address(delegate*<double*, double*, double*, nuint, void> path) => (nint)path;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scalar(double* a, double* b, double* c, nuint n)
    {
        for (nuint i = 0; i < n; i++)
            a[i] = b[i] + 3 * c[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Lanes4(double* a, double* b, double* c, nuint n)
    {
        for (nuint i = 0; i < n; i += 4)
            (Vector256.LoadAligned(b + i) + Vector256.LoadAligned(c + i) * 3).StoreAligned(a + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Lanes4NonTemporal(double* a, double* b, double* c, nuint n)
    {
        for (nuint i = 0; i < n; i += 4)
            (Vector256.LoadAligned(b + i) + Vector256.LoadAligned(c + i) * 3).StoreAlignedNonTemporal(a + i);
        Fence();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Lanes2(double* a, double* b, double* c, nuint n)
    {
        for (nuint i = 0; i < n; i += 2)
            (Vector128.LoadAligned(b + i) + Vector128.LoadAligned(c + i) * 3).StoreAligned(a + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Lanes2NonTemporal(double* a, double* b, double* c, nuint n)
    {
        for (nuint i = 0; i < n; i += 2)
            (Vector128.LoadAligned(b + i) + Vector128.LoadAligned(c + i) * 3).StoreAlignedNonTemporal(a + i);
        Fence();
    }

    /// <summary>Non-temporal stores wait in buffers of their own: the work is done when they have left them.</summary>
    private static void Fence()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
        else
            Thread.MemoryBarrier();
    }
}
