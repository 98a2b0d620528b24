using System.Buffers;
using System.Text;

namespace PcBench.Contracts.Results;

/// <summary>
/// The characters that may stand in names of hardware and software: printable ASCII without markup, quotes and escapes,
/// and the trade mark signs. Everything else in such a name is either damage or a trick: letters of another alphabet
/// that look like Latin ones, invisible characters, characters that turn the direction of text, markup.
/// </summary>
public static class HardwareText
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 160;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ()[]@.,:;/+-_&#*%!=~'|®™°µ");

    /// <summary>Whether <paramref name="c"/> may stand in a name.</summary>
    public static bool IsAllowed(char c) => Allowed.Contains(c);

    /// <summary>Index of the first character that may not stand in <paramref name="text"/>, or -1.</summary>
    public static int IndexOfForbidden(string text) => text.AsSpan().IndexOfAnyExcept(Allowed);

    /// <summary>
    /// What the agent writes for a name it read from the machine: white space folded, forbidden characters left out,
    /// cut at <see cref="MaxLength"/>.
    /// </summary>
    /// <returns>The clean name; null where nothing is left.</returns>
    public static string? Clean(string? raw)
    {
        if (raw is null)
            return null;
        var clean = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            var folded = char.IsWhiteSpace(c) || c == '\0' ? ' ' : c;
            if (IsAllowed(folded) && !(folded == ' ' && (clean.Length == 0 || clean[^1] == ' ')))
                clean.Append(folded);
        }

        var text = clean.ToString().TrimEnd();
        if (text.Length > MaxLength)
            text = text[..MaxLength].TrimEnd();
        return text.Length == 0 ? null : text;
    }
}
