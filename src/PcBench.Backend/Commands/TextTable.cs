namespace PcBench.Backend.Commands;

/// <summary>Rows as lines of text with aligned columns, for a terminal and for <c>grep</c>.</summary>
internal static class TextTable
{
    public static string Of(string[] titles, IEnumerable<string[]> rows)
    {
        var lines = (List<string[]>)[titles, .. rows];
        var widths = titles.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}
