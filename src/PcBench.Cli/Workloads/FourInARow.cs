using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Alpha-beta search of a game, nine moves deep, from 16 positions: drop four in a row on a board of 7 columns and 6 rows. Integer code
/// whose branches no predictor foresees. Boards are bit sets with one spare bit above each column (J. Tromp, "John's
/// Connect Four Playground").
/// </summary>
internal sealed class FourInARow : IKernel
{
    private const int Columns = 7;
    private const int Rows = 6;
    private const int Height = Rows + 1;
    private const int Positions = 16;
    private const int Opening = 8; // moves made at random before the search
    private const int Depth = 9;
    private const int Win = 1_000;

    private const ulong Floor = 1ul | 1ul << 7 | 1ul << 14 | 1ul << 21 | 1ul << 28 | 1ul << 35 | 1ul << 42;
    private const ulong Ceiling = Floor << Rows;
    private const ulong Centre = 0x3Ful << (3 * Height);

    private readonly (ulong Own, ulong All)[] positions = Start(new DeterministicRandom(13));
    private readonly long[] results = new long[2 * Positions];

    public void Reset() => Array.Clear(results);

    public double Run()
    {
        long visited = 0;
        for (var i = 0; i < Positions; i++)
        {
            long nodes = 0;
            results[2 * i] = Search(positions[i].Own, positions[i].All, Depth, -Win - Depth, Win + Depth, ref nodes);
            results[2 * i + 1] = nodes;
            visited += nodes;
        }

        return visited / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var result in results)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, result);
            hash.AppendData(bytes);
        }
    }

    public void Dispose()
    {
    }

    /// <summary>Value for the side to move: a win sooner is worth more; at the end of the search, stones in the centre count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Search(ulong own, ulong all, int depth, int alpha, int beta, ref long nodes)
    {
        nodes++;
        if (HasFour(all ^ own))
            return -Win - depth;
        if (depth == 0)
            return BitOperations.PopCount(own & Centre) - BitOperations.PopCount((all ^ own) & Centre);
        var moved = false;
        for (var i = 0; i < Columns; i++)
        {
            // From the centre outwards: 3, 2, 4, 1, 5, 0, 6.
            var column = 3 + ((i & 1) == 0 ? i / 2 : -(i + 1) / 2);
            var stone = (all + (1ul << (column * Height))) & (((1ul << Height) - 1) << (column * Height)) & ~all;
            if (stone == 0 || (stone & Ceiling) != 0)
                continue;
            moved = true;
            var value = -Search(all ^ own, all | stone, depth - 1, -beta, -alpha, ref nodes);
            if (value >= beta)
                return value;
            alpha = Math.Max(alpha, value);
        }

        return moved ? alpha : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasFour(ulong stones)
    {
        return Line(stones, 1) || Line(stones, Height) || Line(stones, Height - 1) || Line(stones, Height + 1);

        static bool Line(ulong stones, int step)
        {
            var pairs = stones & (stones >> step);
            return (pairs & (pairs >> (2 * step))) != 0;
        }
    }

    private static (ulong Own, ulong All)[] Start(DeterministicRandom random)
    {
        var positions = new (ulong, ulong)[Positions];
        for (var i = 0; i < Positions; i++)
        {
            ulong own, all;
            do
            {
                (own, all) = (0, 0);
                for (var moves = 0; moves < Opening; moves++)
                {
                    var column = random.Next(Columns);
                    var stone = (all + (1ul << (column * Height))) & (((1ul << Rows) - 1) << (column * Height));
                    (own, all) = (all ^ own, all | stone);
                }
            }
            while (HasFour(own) || HasFour(all ^ own));
            positions[i] = (own, all);
        }

        return positions;
    }
}
