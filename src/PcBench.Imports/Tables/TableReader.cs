using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Tables;

/// <summary>Reads a table row by row, in memory that does not grow with it. A bad row is refused, the others are kept.</summary>
internal static class TableReader
{
    private const int MaxRow = 1_024 * 1_024;
    private const int MaxField = 8_192;
    private const int MaxColumns = 4_096;

    public static async IAsyncEnumerable<ImportItem> ReadAsync(Stream source, ColumnMap map, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var bound = new RowBound(new StreamReader(source, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 16_384, leaveOpen: true), MaxRow);
        var isBad = false;
        using var rows = new CsvParser(bound, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = MaxField,
            BadDataFound = _ => isBad = true,
            ExceptionMessagesContainRawData = false,
        });
        RowMapping? mapping = null;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            isBad = false;
            var (isThere, broken) = await NextAsync(rows);
            if (broken is not null)
                yield return ImportItem.Refused(broken);
            if (!isThere)
                break;
            bound.NextRow();

            // Quotes are looked at when the cells are asked for, not before.
            var row = rows.Record!;
            if (mapping is null)
            {
                (mapping, var refused) = RowMapping.Of(row, map);
                if (refused.Errors.Count > 0 || refused.Notes.Count > 0)
                    yield return refused;
                if (mapping is null)
                    yield break;
                continue;
            }

            yield return isBad
                ? ImportItem.Refused(FieldError.Of($"line {rows.RawRow}", null, "A quote stands where none may.", "Put a cell with quotes into quotes, and write each quote in it twice."))
                : mapping.ItemOf(row, rows.RawRow);
        }

        if (mapping is null)
            yield return ImportItem.Refused(FieldError.Of("line 1", null, "There is no header line.", "Begin the table with the names of its columns."));
    }

    /// <returns>Whether there is a row; and what broke the table, so that nothing after it can be read.</returns>
    private static async Task<(bool IsThere, FieldError? Broken)> NextAsync(CsvParser rows)
    {
        try
        {
            var isThere = await rows.ReadAsync();
            return isThere && rows.Count > MaxColumns
                ? (false, FieldError.Of($"line {rows.RawRow}", rows.Count, $"There are more than {MaxColumns} columns.", "Give a table with the columns that are to be imported."))
                : (isThere, null);
        }
        catch (Exception error) when (error is MaxFieldSizeException or RowTooLongException)
        {
            return (false, FieldError.Of(
                $"line {rows.RawRow}", null, $"A row or cell does not end within {MaxField} characters: perhaps a quote is not closed. Nothing after it was read.", "Close the quote, or cut the cell."));
        }
    }
}
