using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PcBench.Cli.Workloads;

/// <summary>
/// The micro-kernels of <see cref="MatrixMultiply"/>: add the product of 6 packed rows and 16 packed columns to a tile of
/// C. The sums are locals written out one by one, for only so does the compiler keep each in a register.
/// </summary>
internal static unsafe class MatrixTile
{
    public const int Rows = 6;
    public const int Columns = 16;

    /// <summary>Whether the processor has registers of 8 lanes and fuses multiplication and addition.</summary>
    public static bool IsWideFaster => Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Lanes8(int depth, float* a, float* b, float* c, int stride)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (; depth > 0; depth--, a += Rows, b += Columns)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var a0 = Vector256.Create(a[0]);
            var a1 = Vector256.Create(a[1]);
            c00 = Vector256.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a0, b1, c01);
            c10 = Vector256.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a1, b1, c11);
            a0 = Vector256.Create(a[2]);
            a1 = Vector256.Create(a[3]);
            c20 = Vector256.FusedMultiplyAdd(a0, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a0, b1, c21);
            c30 = Vector256.FusedMultiplyAdd(a1, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a1, b1, c31);
            a0 = Vector256.Create(a[4]);
            a1 = Vector256.Create(a[5]);
            c40 = Vector256.FusedMultiplyAdd(a0, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a0, b1, c41);
            c50 = Vector256.FusedMultiplyAdd(a1, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a1, b1, c51);
        }

        Add8(c, c00, c01);
        Add8(c + stride, c10, c11);
        Add8(c + 2 * stride, c20, c21);
        Add8(c + 3 * stride, c30, c31);
        Add8(c + 4 * stride, c40, c41);
        Add8(c + 5 * stride, c50, c51);
    }

    /// <summary>Three rows at a time: 12 sums of 4 lanes, enough in flight for Arm's pipes and few enough for 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Lanes4(int depth, float* a, float* b, float* c, int stride)
    {
        Lanes4Rows3(depth, a, b, c, stride);
        Lanes4Rows3(depth, a + 3, b, c + 3 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Lanes4Rows3(int depth, float* a, float* b, float* c, int stride)
    {
        Vector128<float> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector128<float> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector128<float> c20 = default, c21 = default, c22 = default, c23 = default;
        for (; depth > 0; depth--, a += Rows, b += Columns)
        {
            var a0 = Vector128.Create(a[0]);
            var a1 = Vector128.Create(a[1]);
            var a2 = Vector128.Create(a[2]);
            var b0 = Vector128.Load(b);
            c00 = Vector128.MultiplyAddEstimate(a0, b0, c00);
            c10 = Vector128.MultiplyAddEstimate(a1, b0, c10);
            c20 = Vector128.MultiplyAddEstimate(a2, b0, c20);
            b0 = Vector128.Load(b + 4);
            c01 = Vector128.MultiplyAddEstimate(a0, b0, c01);
            c11 = Vector128.MultiplyAddEstimate(a1, b0, c11);
            c21 = Vector128.MultiplyAddEstimate(a2, b0, c21);
            b0 = Vector128.Load(b + 8);
            c02 = Vector128.MultiplyAddEstimate(a0, b0, c02);
            c12 = Vector128.MultiplyAddEstimate(a1, b0, c12);
            c22 = Vector128.MultiplyAddEstimate(a2, b0, c22);
            b0 = Vector128.Load(b + 12);
            c03 = Vector128.MultiplyAddEstimate(a0, b0, c03);
            c13 = Vector128.MultiplyAddEstimate(a1, b0, c13);
            c23 = Vector128.MultiplyAddEstimate(a2, b0, c23);
        }

        Add4(c, c00, c01, c02, c03);
        Add4(c + stride, c10, c11, c12, c13);
        Add4(c + 2 * stride, c20, c21, c22, c23);
    }

    private static void Add8(float* c, Vector256<float> low, Vector256<float> high)
    {
        Vector256.Store(Vector256.Load(c) + low, c);
        Vector256.Store(Vector256.Load(c + 8) + high, c + 8);
    }

    private static void Add4(float* c, Vector128<float> c0, Vector128<float> c1, Vector128<float> c2, Vector128<float> c3)
    {
        Vector128.Store(Vector128.Load(c) + c0, c);
        Vector128.Store(Vector128.Load(c + 4) + c1, c + 4);
        Vector128.Store(Vector128.Load(c + 8) + c2, c + 8);
        Vector128.Store(Vector128.Load(c + 12) + c3, c + 12);
    }
}
