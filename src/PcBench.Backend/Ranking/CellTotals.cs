namespace PcBench.Backend.Ranking;

/// <summary>
/// Running totals over the cells of <see cref="RankGrid"/>. Only the cells that hold something are kept: a few thousand of them
/// however many results there are, for a board's values lie within a few octaves.
/// </summary>
internal sealed class CellTotals
{
    private readonly ushort[] cells; // ascending
    private readonly int[] totals; // up to and with the cell

    private CellTotals(int count) => (cells, totals) = (new ushort[count], new int[count]);

    /// <summary>Everything counted.</summary>
    public int All => totals.Length == 0 ? 0 : totals[^1];

    /// <summary>What lies in the cells up to <paramref name="cell"/>, and in it.</summary>
    public int UpTo(int cell)
    {
        if (cell < 0)
            return 0;
        var at = Array.BinarySearch(cells, (ushort)cell);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? 0 : totals[at];
    }

    public static CellTotals Of(ReadOnlySpan<int> counts)
    {
        var made = new CellTotals(counts.Length - counts.Count(0));
        var (i, sum) = (0, 0);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            if (counts[cell] != 0)
                (made.cells[i], made.totals[i++]) = ((ushort)cell, sum += counts[cell]);
        }

        return made;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(cells.Length);
        var (last, sum) = (0, 0);
        for (var i = 0; i < cells.Length; i++)
        {
            writer.Write7BitEncodedInt(cells[i] - last);
            writer.Write7BitEncodedInt(totals[i] - sum);
            (last, sum) = (cells[i], totals[i]);
        }
    }

    public static CellTotals Read(BinaryReader reader)
    {
        var made = new CellTotals(reader.Read7BitEncodedInt());
        var (cell, sum) = (0, 0);
        for (var i = 0; i < made.cells.Length; i++)
        {
            cell += reader.Read7BitEncodedInt();
            (made.cells[i], made.totals[i]) = ((ushort)cell, sum += reader.Read7BitEncodedInt());
        }

        return made;
    }
}
