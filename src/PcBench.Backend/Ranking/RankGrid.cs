namespace PcBench.Backend.Ranking;

/// <summary>
/// The cells in which ends of intervals are counted: 1,024 to an octave, so each is under 0.1 % wide, which is far below what
/// any interval is sure of. An interval takes the cells that hold it, so what touches is never told apart. With cells a
/// board is counted in the same memory however many results it has, and any number of replicas agree to the last one.
/// </summary>
internal static class RankGrid
{
    /// <summary>Number of cells: 32 octaves, from 1/256 to 16,777,216 of a board's unit; what lies beyond is in the outermost.</summary>
    public const int Size = 32 * 1_024;

    private const int BelowCell = 52 - 10; // bits of a double's fraction that are within one cell
    private const long First = (1_023L - 8) << 10;

    /// <summary>The cell of an interval's lower end.</summary>
    public static int Floor(double value) => Clamp(BitConverter.DoubleToInt64Bits(value) >> BelowCell);

    /// <summary>The cell of an interval's upper end.</summary>
    public static int Ceiling(double value) => Clamp((BitConverter.DoubleToInt64Bits(value) + (1L << BelowCell) - 1) >> BelowCell);

    // The bits of positive doubles are in the order of the doubles: exponent and the first ten bits of the fraction are the cell.
    private static int Clamp(long cell) => (int)Math.Clamp(cell - First, 0, Size - 1);
}
