using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// C = A · B in single precision, 576 × 576, in the way of BLIS (F. G. Van Zee, R. A. van de Geijn, ACM TOMS 41, 2015):
/// A and B are packed into panels that stay in the caches, a micro-kernel keeps a tile of C in registers. The
/// elements are small integers, so every sum is exact and no order of summing changes the product.
/// </summary>
internal sealed unsafe class MatrixMultiply : IKernel
{
    private const int N = 576;
    private const int Depth = N / 2; // columns of A in a panel: 6 rows and 16 columns of it fit the first-level cache
    private const int BlockRows = 16 * MatrixTile.Rows; // packed rows of A: 96 x 288 floats fit the second-level cache

    private readonly NativeBuffer a = Matrix(6);
    private readonly NativeBuffer b = Matrix(7);
    private readonly NativeBuffer c = new(N * N * sizeof(float));
    private readonly NativeBuffer packedA = new(BlockRows * Depth * sizeof(float));
    private readonly NativeBuffer packedB = new(Depth * N * sizeof(float));
    private readonly delegate*<int, float*, float*, float*, int, void> tile;

    public MatrixMultiply()
        : this(MatrixTile.IsWideFaster)
    {
    }

    public MatrixMultiply(bool wide) => tile = wide ? &MatrixTile.Lanes8 : &MatrixTile.Lanes4;

    public void Reset() => c.Span<byte>().Clear();

    public double Run()
    {
        c.Span<byte>().Clear();
        for (var k = 0; k < N; k += Depth)
        {
            PackB(b.As<float>() + k * N, packedB.As<float>());
            for (var row = 0; row < N; row += BlockRows)
            {
                PackA(a.As<float>() + row * N + k, packedA.As<float>());
                MultiplyBlock(c.As<float>() + row * N);
            }
        }

        return 2.0 * N * N * N / 1e9;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(c.Span<byte>()[..(N * N * sizeof(float))]);

    public void Dispose()
    {
        foreach (var buffer in (NativeBuffer[])[a, b, c, packedA, packedB])
            buffer.Dispose();
    }

    private void MultiplyBlock(float* target)
    {
        for (var column = 0; column < N; column += MatrixTile.Columns)
        {
            for (var row = 0; row < BlockRows; row += MatrixTile.Rows)
                tile(Depth, packedA.As<float>() + row * Depth, packedB.As<float>() + column * Depth, target + row * N + column, N);
        }
    }

    /// <summary>Six rows side by side, so that the micro-kernel reads them in one stream.</summary>
    private static void PackA(float* source, float* packed)
    {
        for (var row = 0; row < BlockRows; row += MatrixTile.Rows)
        {
            for (var k = 0; k < Depth; k++)
            {
                for (var r = 0; r < MatrixTile.Rows; r++)
                    *packed++ = source[(row + r) * N + k];
            }
        }
    }

    /// <summary>Sixteen columns side by side.</summary>
    private static void PackB(float* source, float* packed)
    {
        for (var column = 0; column < N; column += MatrixTile.Columns)
        {
            for (var k = 0; k < Depth; k++, packed += MatrixTile.Columns)
                new ReadOnlySpan<float>(source + k * N + column, MatrixTile.Columns).CopyTo(new Span<float>(packed, MatrixTile.Columns));
        }
    }

    private static NativeBuffer Matrix(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var matrix = new NativeBuffer(N * N * sizeof(float));
        foreach (ref var element in matrix.Span<float>())
            element = random.Next(17) - 8;
        return matrix;
    }
}
