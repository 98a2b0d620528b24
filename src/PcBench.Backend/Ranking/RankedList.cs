namespace PcBench.Backend.Ranking;

/// <summary>
/// Numbers in order that answers "how many are over x" in O(log n). Kept as sorted pieces with running totals: 8 bytes a
/// number, a change moves one piece and adds to the totals behind it.
/// </summary>
internal sealed class RankedList
{
    private const int MaxPiece = 1024;

    private readonly List<List<double>> pieces = [];
    private readonly List<int> before = []; // numbers in all pieces before this one

    public int Count { get; private set; }

    /// <summary>A list of numbers that are given in any order.</summary>
    public static RankedList Of(double[] values)
    {
        Array.Sort(values);
        var list = new RankedList { Count = values.Length };
        for (var at = 0; at < values.Length; at += MaxPiece / 2)
        {
            list.pieces.Add([.. values.AsSpan(at, Math.Min(MaxPiece / 2, values.Length - at))]);
            list.before.Add(at);
        }

        return list;
    }

    public void Add(double value)
    {
        if (pieces.Count == 0)
        {
            pieces.Add([value]);
            before.Add(0);
            Count = 1;
            return;
        }

        var at = Math.Max(0, PieceOf(value));
        var piece = pieces[at];
        piece.Insert(FirstNotUnder(piece, value), value);
        Shift(at + 1, 1);
        if (piece.Count <= MaxPiece)
            return;
        var half = piece.Count / 2;
        pieces.Insert(at + 1, piece.GetRange(half, piece.Count - half));
        piece.RemoveRange(half, piece.Count - half);
        before.Insert(at + 1, before[at] + half);
    }

    /// <summary>Removes one number of this value; nothing happens where there is none.</summary>
    public void Remove(double value)
    {
        var at = PieceOf(value);
        if (at < 0)
            return;

        // Equal numbers may begin in the piece after the one in which they would be inserted.
        var index = FirstNotUnder(pieces[at], value);
        if (index == pieces[at].Count && at + 1 < pieces.Count)
            (at, index) = (at + 1, 0);
        var piece = pieces[at];
        if (index == piece.Count || piece[index] != value)
            return;
        piece.RemoveAt(index);
        Shift(at + 1, -1);
        if (piece.Count == 0)
        {
            pieces.RemoveAt(at);
            before.RemoveAt(at);
        }
    }

    /// <summary>How many are under <paramref name="value"/>.</summary>
    public int CountUnder(double value)
    {
        var at = PieceOf(value);
        return at < 0 ? 0 : before[at] + FirstNotUnder(pieces[at], value);
    }

    /// <summary>How many are <paramref name="value"/> or more.</summary>
    public int CountFrom(double value) => Count - CountUnder(value);

    /// <summary>How many are over <paramref name="value"/>.</summary>
    public int CountOver(double value) => CountFrom(Math.BitIncrement(value));

    /// <summary>The last piece that begins under the value, -1 where none does.</summary>
    private int PieceOf(double value)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pieces[middle][0] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 && pieces.Count > 0 && pieces[0][0] == value ? 0 : low - 1;
    }

    private static int FirstNotUnder(List<double> piece, double value)
    {
        var (low, high) = (0, piece.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (piece[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Shift(int from, int by)
    {
        Count += by;
        for (var i = from; i < before.Count; i++)
            before[i] += by;
    }
}
