using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports;

/// <summary>Tells by its beginning what a file is.</summary>
public static class FormatDetection
{
    private const int BytesNeeded = 4_096;

    /// <summary>Tells what comes, and leaves all of it to be read.</summary>
    /// <returns>The format; or why it is none of them.</returns>
    public static async Task<(ImportFormat? Format, FieldError? Problem)> OfAsync(PipeReader source, CancellationToken cancel)
    {
        var read = await source.ReadAtLeastAsync(BytesNeeded, cancel);
        var beginning = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, BytesNeeded)).ToArray();
        source.AdvanceTo(read.Buffer.Start);
        var format = Of(beginning);
        return (format, format is null ? Problem(beginning) : null);
    }

    private static ImportFormat? Of(byte[] beginning)
    {
        var text = Encoding.UTF8.GetString(beginning).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            _ when IsPacked(beginning) => null,
            ['{', ..] when text.Split('\n')[0].Contains("\"hardware\"", StringComparison.Ordinal) => ImportFormat.Pcbench,
            ['{', ..] => ImportFormat.Geekbench6,
            ['<', ..] => ImportFormat.Phoronix,
            _ when text.Contains("BaselineInfo:", StringComparison.Ordinal) || text.Contains("ptArchitecture:", StringComparison.Ordinal) => ImportFormat.Passmark,
            _ when text.Split('\n')[0] is var header && header.AsSpan().ContainsAny(",;\t") && !header.Contains(": ", StringComparison.Ordinal) => ImportFormat.Csv,
            _ => null,
        };
    }

    private static FieldError Problem(byte[] beginning)
    {
        var (problem, fix) = beginning switch
        {
            [] => ("It is empty.", "Give the file as the program wrote it."),
            _ when IsPacked(beginning) => ("It is compressed.", "Unpack it first."),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ("It is UTF-16.", "Save it as UTF-8."),
            _ => ("It is none of the formats.", "Give a file of Geekbench 6, PassMark or the Phoronix Test Suite as the program wrote it, or a table; or name the format."),
        };
        return FieldError.Of("$", null, problem, fix);
    }

    // Those of gzip, zip, xz, zstd.
    private static bool IsPacked(byte[] beginning) => beginning is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..] or [0xFD, (byte)'7', (byte)'z', ..] or [0x28, 0xB5, 0x2F, 0xFD, ..];
}
