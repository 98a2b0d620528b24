using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// The Mandelbrot set in single precision with as many lanes as the processor has. Multiplications and additions are
/// kept apart (no fused ones), so every lane rounds as IEEE 754 says and the image is the same to the bit everywhere.
/// </summary>
internal sealed class Fractal : IKernel
{
    private const int Width = 512;
    private const int Height = 256;
    private const int MaxIterations = 256;
    private const int IterationsBetweenChecks = 4;

    private readonly int[] iterations = new int[Width * Height];
    private readonly float[] columns = new float[Width];

    public Fractal()
    {
        // Multiples of 3/512 and 1/128 are exact in single precision.
        for (var x = 0; x < Width; x++)
            columns[x] = -2f + x * (3f / 512);
    }

    public void Reset() => Array.Clear(iterations);

    public double Run()
    {
        for (var y = 0; y < Height; y++)
            Row(columns, -1f + y * (1f / 128), iterations.AsSpan(y * Width, Width));
        return Width * Height / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(iterations.AsSpan()));

    public void Dispose()
    {
    }

    /// <summary>Two vectors at a time: each iteration waits for the one before, so a second chain fills the gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Row(ReadOnlySpan<float> columns, float row, Span<int> iterations)
    {
        var lanes = Vector<float>.Count;
        var cy = new Vector<float>(row);
        var four = new Vector<float>(4f);
        for (var i = 0; i < columns.Length; i += 2 * lanes)
        {
            var cx0 = new Vector<float>(columns[i..]);
            var cx1 = new Vector<float>(columns[(i + lanes)..]);
            var (x0, y0, x1, y1) = (cx0, cy, cx1, cy);
            var (count0, count1) = (Vector<int>.Zero, Vector<int>.Zero);
            for (var n = 0; n < MaxIterations; n += IterationsBetweenChecks)
            {
                var inside = Vector<int>.Zero;
                for (var k = 0; k < IterationsBetweenChecks; k++)
                {
                    var (xx0, yy0, xy0) = (x0 * x0, y0 * y0, x0 * y0);
                    var (xx1, yy1, xy1) = (x1 * x1, y1 * y1, x1 * y1);
                    var inside0 = Vector.LessThan(xx0 + yy0, four); // -1 in the lanes that have not escaped
                    var inside1 = Vector.LessThan(xx1 + yy1, four);
                    count0 -= inside0;
                    count1 -= inside1;
                    inside = inside0 | inside1;
                    (x0, y0) = (xx0 - yy0 + cx0, xy0 + xy0 + cy);
                    (x1, y1) = (xx1 - yy1 + cx1, xy1 + xy1 + cy);
                }

                if (inside == Vector<int>.Zero)
                    break;
            }

            count0.CopyTo(iterations[i..]);
            count1.CopyTo(iterations[(i + lanes)..]);
        }
    }
}
