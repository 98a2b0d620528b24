using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// The most multiplications and additions that a core can do: twelve chains of fused multiply-adds in registers, enough to hide
/// the latency of every core so far, and nothing else. Each lane counts: it is multiplied by one and one is added.
/// </summary>
/// <typeparam name="T">Single or double precision.</typeparam>
internal sealed unsafe class PeakFma<T> : IVariantKernel
    where T : unmanaged, INumber<T>
{
    private const int Chains = 12;
    private const int Rounds = 500_000; // single precision counts to 16,777,216

    private static readonly (string Name, int Bytes, nint Path)[] Paths = PathsOfThisProcessor();

    // Not a constant: the compiler would fold the work away.
    private readonly T one = Environment.TickCount64 >= 0 ? T.One : T.Zero;
    private T lane;

    public IReadOnlyList<string> Variants { get; } = [.. Paths.Select(path => path.Name)];

    public int Variant { get; set; }

    public void Reset() => lane = T.Zero;

    public double Run()
    {
        lane = ((delegate*<T, T>)Paths[Variant].Path)(one);
        return 2.0 * Chains * Rounds * (Paths[Variant].Bytes / sizeof(T)) / 1e9;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in lane)));

    public void Dispose()
    {
    }

    private static (string, int, nint)[] PathsOfThisProcessor()
    {
        var paths = new List<(string, int, nint)>();
        if (Vector512.IsHardwareAccelerated)
            paths.Add(("Vector512 fused", 64, Address(&Lanes512)));
        if (Fma.IsSupported)
            paths.Add(("Vector256 fused", 32, Address(&Lanes256)));
        else if (AdvSimd.IsSupported)
            paths.Add(("Vector128 fused", 16, Address(&Lanes128)));
        else
            paths.Add(("Vector128", 16, Address(&Lanes128Apart)));
        return [.. paths];
    }

    private static nint Address(delegate*<T, T> path) => (nint)path;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Lanes512(T one)
    {
        var x = Vector512.Create(one);
        Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<T> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = Fused(c0, x); c1 = Fused(c1, x); c2 = Fused(c2, x); c3 = Fused(c3, x);
            c4 = Fused(c4, x); c5 = Fused(c5, x); c6 = Fused(c6, x); c7 = Fused(c7, x);
            c8 = Fused(c8, x); c9 = Fused(c9, x); c10 = Fused(c10, x); c11 = Fused(c11, x);
        }

        var low = Vector512.Min(Vector512.Min(Vector512.Min(c0, c1), Vector512.Min(c2, c3)), Vector512.Min(c4, c5));
        return Least(Vector512.Min(low, Vector512.Min(Vector512.Min(Vector512.Min(c6, c7), Vector512.Min(c8, c9)), Vector512.Min(c10, c11))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Lanes256(T one)
    {
        var x = Vector256.Create(one);
        Vector256<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector256<T> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = Fused(c0, x); c1 = Fused(c1, x); c2 = Fused(c2, x); c3 = Fused(c3, x);
            c4 = Fused(c4, x); c5 = Fused(c5, x); c6 = Fused(c6, x); c7 = Fused(c7, x);
            c8 = Fused(c8, x); c9 = Fused(c9, x); c10 = Fused(c10, x); c11 = Fused(c11, x);
        }

        var low = Vector256.Min(Vector256.Min(Vector256.Min(c0, c1), Vector256.Min(c2, c3)), Vector256.Min(c4, c5));
        low = Vector256.Min(low, Vector256.Min(Vector256.Min(Vector256.Min(c6, c7), Vector256.Min(c8, c9)), Vector256.Min(c10, c11)));
        return Least(Vector512.Create(low, low));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Lanes128(T one)
    {
        var x = Vector128.Create(one);
        Vector128<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector128<T> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = Fused(c0, x); c1 = Fused(c1, x); c2 = Fused(c2, x); c3 = Fused(c3, x);
            c4 = Fused(c4, x); c5 = Fused(c5, x); c6 = Fused(c6, x); c7 = Fused(c7, x);
            c8 = Fused(c8, x); c9 = Fused(c9, x); c10 = Fused(c10, x); c11 = Fused(c11, x);
        }

        return Least(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Lanes128Apart(T one)
    {
        var x = Vector128.Create(one);
        Vector128<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector128<T> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = c0 * x + x; c1 = c1 * x + x; c2 = c2 * x + x; c3 = c3 * x + x;
            c4 = c4 * x + x; c5 = c5 * x + x; c6 = c6 * x + x; c7 = c7 * x + x;
            c8 = c8 * x + x; c9 = c9 * x + x; c10 = c10 * x + x; c11 = c11 * x + x;
        }

        return Least(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fused(Vector512<T> sum, Vector512<T> one) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(sum.AsSingle(), one.AsSingle(), one.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(sum.AsDouble(), one.AsDouble(), one.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fused(Vector256<T> sum, Vector256<T> one) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(sum.AsSingle(), one.AsSingle(), one.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(sum.AsDouble(), one.AsDouble(), one.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Fused(Vector128<T> sum, Vector128<T> one) => typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(sum.AsSingle(), one.AsSingle(), one.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(sum.AsDouble(), one.AsDouble(), one.AsDouble()).As<double, T>();

    private static T Least(params ReadOnlySpan<Vector128<T>> chains)
    {
        var low = chains[0];
        foreach (var chain in chains[1..])
            low = Vector128.Min(low, chain);
        return Least(Vector512.Create(Vector256.Create(low, low), Vector256.Create(low, low)));
    }

    /// <summary>All lanes of all chains have counted to the same: the least of them stands for all.</summary>
    private static T Least(Vector512<T> lanes)
    {
        var least = lanes[0];
        for (var i = 1; i < Vector512<T>.Count; i++)
            least = T.Min(least, lanes[i]);
        return least;
    }
}
