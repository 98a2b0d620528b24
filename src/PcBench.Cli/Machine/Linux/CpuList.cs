using System.Globalization;

namespace PcBench.Cli.Machine.Linux;

/// <summary>The kernel's lists of processors: <c>0-3,8,10-11</c>.</summary>
internal static class CpuList
{
    private const int MaxProcessor = 8_191;

    /// <summary>The processors; none where the text is not such a list.</summary>
    public static IReadOnlyList<int> Parse(string? text)
    {
        var processors = new List<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            if (!TryNumber(dash < 0 ? part : part[..dash], out var first)
                || !TryNumber(dash < 0 ? part : part[(dash + 1)..], out var last)
                || last < first)
                return [];
            processors.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return processors;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MaxProcessor;
}
