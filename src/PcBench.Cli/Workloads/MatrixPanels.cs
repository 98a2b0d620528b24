namespace PcBench.Cli.Workloads;

/// <summary>Copies parts of matrices into the order in which <see cref="MatrixTile"/> reads them.</summary>
internal static unsafe class MatrixPanels
{
    /// <summary>Six rows side by side, so that the micro-kernel reads them in one stream.</summary>
    /// <param name="source">First element.</param>
    /// <param name="stride">Elements in a row of the whole matrix.</param>
    /// <param name="rows">Rows, a multiple of six.</param>
    /// <param name="depth">Columns.</param>
    /// <param name="packed">Where to.</param>
    public static void PackRows(float* source, int stride, int rows, int depth, float* packed)
    {
        for (var row = 0; row < rows; row += MatrixTile.Rows)
        {
            for (var k = 0; k < depth; k++)
            {
                for (var r = 0; r < MatrixTile.Rows; r++)
                    *packed++ = source[(row + r) * stride + k];
            }
        }
    }

    /// <summary>Sixteen columns side by side.</summary>
    /// <param name="source">First element.</param>
    /// <param name="stride">Elements in a row of the whole matrix.</param>
    /// <param name="columns">Columns, a multiple of sixteen.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="packed">Where to.</param>
    public static void PackColumns(float* source, int stride, int columns, int depth, float* packed)
    {
        for (var column = 0; column < columns; column += MatrixTile.Columns)
        {
            for (var k = 0; k < depth; k++, packed += MatrixTile.Columns)
                new ReadOnlySpan<float>(source + k * stride + column, MatrixTile.Columns).CopyTo(new Span<float>(packed, MatrixTile.Columns));
        }
    }

    /// <summary>A matrix of small whole numbers, so that every sum is exact and no order of summing changes a product.</summary>
    public static NativeBuffer Random(int n, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var matrix = new NativeBuffer((nuint)(n * n * sizeof(float)));
        foreach (ref var element in matrix.Span<float>())
            element = random.Next(17) - 8;
        return matrix;
    }
}
