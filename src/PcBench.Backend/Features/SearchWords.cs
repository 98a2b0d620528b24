namespace PcBench.Backend.Features;

/// <summary>The words under which names are found: runs of letters and digits, in lower case.</summary>
internal static class SearchWords
{
    /// <summary>Kind of a CPU model's words.</summary>
    public const int Cpu = 0;

    /// <summary>Kind of a main board's words.</summary>
    public const int Mainboard = 1;

    /// <summary>Each word once.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '));
        return [.. clean.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }
}
