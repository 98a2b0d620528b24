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

    private readonly NativeBuffer a = MatrixPanels.Random(N, seed: 6);
    private readonly NativeBuffer b = MatrixPanels.Random(N, seed: 7);
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
            MatrixPanels.PackColumns(b.As<float>() + k * N, N, N, Depth, packedB.As<float>());
            for (var row = 0; row < N; row += BlockRows)
            {
                MatrixPanels.PackRows(a.As<float>() + row * N + k, N, BlockRows, Depth, packedA.As<float>());
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
}
