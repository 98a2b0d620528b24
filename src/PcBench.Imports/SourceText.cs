using System.Text;

namespace PcBench.Imports;

/// <summary>A whole document, decoded.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8, with or without a byte order mark, and never more than so many bytes.</summary>
    public static async Task<string> ReadAsync(Stream source, int maxBytes, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1_024];
        for (int read; (read = await source.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + read > maxBytes)
                throw new RefusedException("$", null, $"It has more than {maxBytes} bytes.", "Import one result file at a time, as the program wrote it.");
            bytes.Write(buffer, 0, read);
        }

        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IsEmpty)
            throw new RefusedException("$", null, "It is empty.", "Give the file as the program wrote it.");
        try
        {
            var text = Strict.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new RefusedException("$", null, "It holds bytes that are no text.", "Give the result file itself, as UTF-8.")
                : text;
        }
        catch (DecoderFallbackException error)
        {
            throw new RefusedException($"byte {error.Index}", null, "It is not UTF-8.", "Save the file as UTF-8.");
        }
    }
}
