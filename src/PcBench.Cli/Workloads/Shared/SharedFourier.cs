using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>
/// Fourier transform of an image of 512 × 512 complex numbers: of all rows, of all columns. Between the two every thread needs
/// what all others wrote.
/// </summary>
internal sealed class SharedFourier : SharedTask
{
    private const int N = 512;
    private const int RowsAtATime = 8;

    private readonly FourierPlan[] plans;
    private readonly double[] signal = new double[2 * N * N];
    private readonly double[] rows = new double[2 * N * N];
    private readonly double[] columns = new double[2 * N * N];

    public SharedFourier(int threads)
        : base(threads)
    {
        plans = [.. Enumerable.Range(0, threads).Select(_ => new FourierPlan(N))];
        var random = new DeterministicRandom(21);
        foreach (ref var sample in signal.AsSpan())
            sample = random.Next(2001) - 1000;
    }

    protected override void Reset()
    {
        Array.Clear(rows);
        Array.Clear(columns);
    }

    protected override double Run(int member)
    {
        while (Take(N / RowsAtATime, out var block))
        {
            var first = block * RowsAtATime * 2 * N;
            signal.AsSpan(first, RowsAtATime * 2 * N).CopyTo(rows.AsSpan(first));
            TransformRows(plans[member], rows.AsSpan(first, RowsAtATime * 2 * N));
        }

        Meet();
        while (Take(N / RowsAtATime, out var block))
        {
            for (var column = block * RowsAtATime; column < (block + 1) * RowsAtATime; column++)
                TakeColumn(rows, column, columns.AsSpan(column * 2 * N, 2 * N));
            TransformRows(plans[member], columns.AsSpan(block * RowsAtATime * 2 * N, RowsAtATime * 2 * N));
        }

        return 2 * N * FourierPlan.Operations(N) / 1e9;
    }

    protected override void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(columns.AsSpan()));

    private static void TransformRows(FourierPlan plan, Span<double> some)
    {
        for (var row = 0; row < some.Length; row += 2 * N)
            plan.Transform(some.Slice(row, N), some.Slice(row + N, N));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeColumn(ReadOnlySpan<double> rows, int column, Span<double> target)
    {
        for (var row = 0; row < N; row++)
            (target[row], target[N + row]) = (rows[row * 2 * N + column], rows[row * 2 * N + N + column]);
    }
}
