using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>
/// One product of two matrices of 1,152 × 1,152, as <see cref="MatrixMultiply"/> has it: all pack the columns of B that
/// all need, then each takes rows of C when it is free.
/// </summary>
internal sealed unsafe class SharedMatrixMultiply : SharedTask
{
    private const int N = 1152;
    private const int Depth = N / 4;
    private const int BlockRows = 8 * MatrixTile.Rows;
    private const int BlockColumns = 6 * MatrixTile.Columns;

    private readonly NativeBuffer a = MatrixPanels.Random(N, seed: 19);
    private readonly NativeBuffer b = MatrixPanels.Random(N, seed: 20);
    private readonly NativeBuffer c = new(N * N * sizeof(float));
    private readonly NativeBuffer packedB = new(Depth * N * sizeof(float));
    private readonly NativeBuffer[] packedA;
    private readonly delegate*<int, float*, float*, float*, int, void> tile = MatrixTile.IsWideFaster ? &MatrixTile.Lanes8 : &MatrixTile.Lanes4;

    public SharedMatrixMultiply(int threads)
        : base(threads) =>
        packedA = [.. Enumerable.Range(0, threads).Select(_ => new NativeBuffer(BlockRows * Depth * sizeof(float)))];

    public override void Dispose()
    {
        foreach (var buffer in (NativeBuffer[])[a, b, c, packedB, .. packedA])
            buffer.Dispose();
        base.Dispose();
    }

    protected override void Reset() => c.Span<byte>().Clear();

    protected override double Run(int member)
    {
        var rows = packedA[member].As<float>();
        for (var k = 0; k < N; k += Depth)
        {
            while (Take(N / BlockColumns, out var columns))
            {
                var column = columns * BlockColumns;
                MatrixPanels.PackColumns(b.As<float>() + k * N + column, N, BlockColumns, Depth, packedB.As<float>() + column * Depth);
            }

            Meet();
            while (Take(N / BlockRows, out var block))
            {
                MatrixPanels.PackRows(a.As<float>() + block * BlockRows * N + k, N, BlockRows, Depth, rows);
                var target = c.As<float>() + block * BlockRows * N;
                for (var column = 0; column < N; column += MatrixTile.Columns)
                {
                    for (var row = 0; row < BlockRows; row += MatrixTile.Rows)
                        tile(Depth, rows + row * Depth, packedB.As<float>() + column * Depth, target + row * N + column, N);
                }
            }

            Meet();
        }

        return 2.0 * N * N * N / 1e9;
    }

    protected override void AppendOutput(IncrementalHash hash) => hash.AppendData(c.Span<byte>()[..(N * N * sizeof(float))]);
}
