using System.Text;
using PcBench.Contracts.Api;

namespace PcBench.Imports;

/// <summary>Tells by its beginning what a file is.</summary>
public static class FormatDetection
{
    /// <summary>How many bytes are enough.</summary>
    public const int BytesNeeded = 4_096;

    /// <param name="beginning">The first bytes of the file.</param>
    /// <returns>The format; null where it is none of them.</returns>
    public static ImportFormat? Of(ReadOnlySpan<byte> beginning)
    {
        var text = Encoding.UTF8.GetString(beginning[..Math.Min(beginning.Length, BytesNeeded)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            ['{', ..] when text.Split('\n')[0].Contains("\"hardware\"", StringComparison.Ordinal) => ImportFormat.Pcbench,
            ['{', ..] => ImportFormat.Geekbench6,
            ['<', ..] => ImportFormat.Phoronix,
            _ when text.Contains("BaselineInfo:", StringComparison.Ordinal) || text.Contains("ptArchitecture:", StringComparison.Ordinal) => ImportFormat.Passmark,
            _ when text.Split('\n')[0] is var header && header.Contains(',', StringComparison.Ordinal) && !header.Contains(": ", StringComparison.Ordinal) => ImportFormat.Csv,
            _ => null,
        };
    }
}
