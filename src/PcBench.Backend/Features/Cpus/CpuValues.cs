using System.Data.Common;

namespace PcBench.Backend.Features.Cpus;

/// <summary>
/// The values of one model's results, a row for each. They are many megabytes where a model is much measured, and are read again
/// and again: one of these is filled anew and not made anew.
/// </summary>
/// <param name="boards">How many boards, which are the columns.</param>
internal sealed class CpuValues(int boards)
{
    private float[] numbers = []; // row by row; NaN where a result is not on a board
    private double[] column = [];
    private int rows;

    public void Clear() => rows = 0;

    /// <summary>Adds a row of numbers or nulls.</summary>
    public void Add(DbDataReader row)
    {
        if ((rows + 1) * boards > numbers.Length)
            Array.Resize(ref numbers, Math.Max(64, rows + rows / 2) * boards);
        var at = rows++ * boards;
        for (var board = 0; board < boards; board++)
            numbers[at + board] = row.IsDBNull(board) ? float.NaN : row.GetFloat(board);
    }

    /// <summary>The values on one board, ascending. They are overwritten by the next call.</summary>
    public ReadOnlySpan<double> Ascending(int board)
    {
        if (column.Length < rows)
            column = new double[numbers.Length / boards];
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            if (numbers[row * boards + board] is var value && !float.IsNaN(value))
                column[count++] = value;
        }

        var values = column.AsSpan(0, count);
        values.Sort();
        return values;
    }
}
