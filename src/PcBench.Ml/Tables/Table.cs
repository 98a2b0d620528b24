using System.Globalization;
using System.Text;

namespace PcBench.Ml.Tables;

/// <summary>A file that is not what it should be, with the place.</summary>
public sealed class TableException(string file, int line, string? column, string problem)
    : Exception($"{file}, line {line}{(column is null ? "" : $", column '{column}'")}: {problem}");

/// <summary>
/// A CSV file: UTF-8, comma, header line, RFC 4180 quotes, empty cells for what is unknown. Read as a whole, within limits,
/// for a table of machines fits in memory and a hostile one must not fill it.
/// </summary>
internal sealed class Table
{
    private const int MaxBytes = 256 * 1024 * 1024;
    private const int MaxRows = 1_000_000;
    private const int MaxColumns = 2_000;
    private const int MaxCell = 10_000;

    private readonly Dictionary<string, int> columns;

    private Table(string file, string[] header, List<TableRow> rows)
    {
        File = file;
        Columns = header;
        Rows = rows;
        columns = header.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
    }

    public string File { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<TableRow> Rows { get; }

    public bool Has(string column) => columns.ContainsKey(column);

    internal int IndexOf(string column) => columns.GetValueOrDefault(column, -1);

    /// <exception cref="TableException">It is no such table.</exception>
    public static Table Read(string path)
    {
        var file = Path.GetFileName(path);
        if (new FileInfo(path).Length > MaxBytes)
            throw new TableException(file, 1, null, $"It has over {MaxBytes / 1024 / 1024} MiB. Split it.");
        return Parse(file, System.IO.File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: false)));
    }

    /// <exception cref="TableException">It is no such table.</exception>
    public static Table Parse(string file, string text)
    {
        var reader = new Records(file, text);
        if (reader.Next() is not { } header)
            throw new TableException(file, 1, null, "It is empty. Give a CSV file with a header line.");
        if (header.Length > MaxColumns)
            throw new TableException(file, 1, null, $"It has {header.Length} columns, more than {MaxColumns}.");
        if (header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new TableException(file, 1, twice.Key, "The column is there twice.");
        var rows = new List<TableRow>();
        var table = new Table(file, header, rows);
        while (reader.Next() is { } cells)
        {
            if (cells is [""])
                continue;
            if (cells.Length != header.Length)
                throw new TableException(file, reader.Line, null, $"It has {cells.Length} cells, the header has {header.Length}.");
            if (rows.Count == MaxRows)
                throw new TableException(file, reader.Line, null, $"There are over {MaxRows:N0} rows. Split the file.");
            rows.Add(new TableRow(table, cells, reader.Line));
        }

        return table;
    }

    private sealed class Records(string file, string text)
    {
        private int at = text.StartsWith('\uFEFF') ? 1 : 0;
        private int next = 1;

        /// <summary>Line on which the last record began, from 1.</summary>
        public int Line { get; private set; }

        public string[]? Next()
        {
            if (at >= text.Length)
                return null;
            Line = next;
            var cells = new List<string>();
            var cell = new StringBuilder();
            for (; ; at++)
            {
                var c = at < text.Length ? text[at] : '\n';
                if (c == '"' && cell.Length == 0)
                {
                    Quoted(cell);
                }
                else if (c is ',' or '\n')
                {
                    cells.Add(cell.ToString().TrimEnd('\r'));
                    cell.Clear();
                    if (c == '\n')
                        break;
                }
                else
                {
                    cell.Append(c);
                }

                if (cell.Length > MaxCell)
                    throw new TableException(file, Line, null, $"Cell {cells.Count + 1} has over {MaxCell} characters.");
            }

            at++;
            next++;
            return [.. cells];
        }

        private void Quoted(StringBuilder cell)
        {
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '\n')
                    next++;
                if (text[at] != '"')
                    cell.Append(text[at]);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    cell.Append(text[++at]);
                else
                    return;
            }

            throw new TableException(file, Line, null, "A quote is opened and never closed.");
        }
    }
}

/// <summary>One row of a table.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Line">Line of the file, from 1.</param>
internal sealed record TableRow(Table Table, string[] Cells, int Line)
{
    /// <returns>The cell; null where the column is missing or the cell empty.</returns>
    public string? Text(string column) => Table.IndexOf(column) is >= 0 and var index && Cells[index].Trim() is { Length: > 0 } cell ? cell : null;

    /// <returns>The figure; null where there is none.</returns>
    /// <exception cref="TableException">The cell is no number.</exception>
    public double? Number(string column)
    {
        if (Text(column) is not { } cell)
            return null;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new TableException(Table.File, Line, column, $"'{cell[..Math.Min(cell.Length, 40)]}' is not a number.");
    }

    /// <returns>The whole number; null where there is none or it is no whole number, as an Arm stepping <c>r0p1</c>.</returns>
    public int? Whole(string column) => int.TryParse(Text(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
