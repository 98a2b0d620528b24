using PcBench.Bench.Servers;
using PcBench.Contracts;

namespace PcBench.Bench.Filling;

/// <summary>The columns that the backend gave each board in <c>standing</c>.</summary>
internal sealed class BoardColumns
{
    private readonly (string Board, short No)[] boards;
    private readonly bool narrow;

    private BoardColumns((string Board, short No)[] boards, bool narrow) => (this.boards, this.narrow) = (boards, narrow);

    /// <summary>Names of the columns, in the order of <see cref="Values"/>.</summary>
    public string Names => string.Join(", ", boards.Select(board => $"v{board.No}, f{board.No}"));

    public static async Task<BoardColumns> ReadAsync(Postgres postgres, string database, CancellationToken cancel)
    {
        var rows = await postgres.RowsAsync(database, "select name, no from board order by no", cancel);
        var type = await postgres.RowsAsync(database, "select distinct data_type from information_schema.columns where table_name = 'standing_sorted' and column_name ~ '^[vf][0-9]+$'", cancel);
        return rows.Count == 0 || type.Count != 1
            ? throw new InvalidOperationException("The backend has not made the boards' columns in the table standing.")
            : new BoardColumns([.. rows.Select(row => ((string)row[0], (short)row[1]))], narrow: (string)type[0][0] == "real");
    }

    public short NumberOf(string board) => boards.First(known => known.Board == board).No;

    public IEnumerable<object?> Values(IReadOnlyList<BoardValue> values)
    {
        foreach (var (board, _) in boards)
        {
            var value = values.FirstOrDefault(value => value.Board == board);
            yield return Number(value?.Value);
            yield return Number(value?.High / value?.Value);
        }
    }

    // As the columns are: COPY converts nothing.
    private object? Number(double? value)
    {
        if (value is { } number && narrow)
            return (float)number;
        return value;
    }
}
