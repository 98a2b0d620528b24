using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PcBench.Backend.Features.Documents;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Blobs;

namespace PcBench.Backend.Features.Exports;

/// <summary>
/// All public results as JSON lines, in segments of successive results. A full segment is kept in the blob store, so that an
/// export reads one blob instead of one for each result. Its key has a digest of the results that it holds: once one of them is
/// deleted, hidden or published, another key is asked for, and no export can show what is gone.
/// </summary>
internal sealed partial class ExportSegments(ExportSql results, DocumentStore documents, IBlobStore blobs, ILogger<ExportSegments> logger)
{
    /// <summary>Prefix of all keys: <c>exports/SEGMENT/DIGEST.jsonl.gz</c>.</summary>
    public const string Prefix = "exports/";

    /// <summary>Numbers of results in a segment. A megabyte or so, compressed.</summary>
    internal const int Size = 64;

    private const string Extension = ".jsonl.gz";

    // Counts up when the lines of the same results change.
    private const string Format = "1";

    /// <summary>The lines, some results at a time.</summary>
    public async IAsyncEnumerable<byte[]> LinesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = -1;
        while (await results.ResultsAsync(after, Size + 1, cancel) is { Count: > 0 } page)
        {
            var segment = page[0].No / Size;
            var own = page.TakeWhile(result => result.No / Size == segment).ToList();
            var isFull = own.Count < page.Count; // what is behind it came later
            yield return await SegmentAsync(segment, own, isFull, cancel);
            after = LastOf(segment);
        }
    }

    /// <summary>Removes what is kept with a result in it. Where the store is away the sweep does it later, and nobody is shown it meanwhile.</summary>
    public async Task TryForgetAsync(int no)
    {
        try
        {
            await foreach (var blob in blobs.ListAsync($"{Prefix}{no / Size}/", CancellationToken.None))
                await blobs.DeleteAsync(blob.Key, CancellationToken.None);
        }
        catch (Exception error)
        {
            Log.Left(logger, error.GetType().Name, no / Size);
        }
    }

    /// <summary>Removes segments that no export asks for any more.</summary>
    public async Task SweepAsync(CancellationToken cancel)
    {
        await foreach (var blob in blobs.ListAsync(Prefix, cancel))
        {
            if (SegmentOf(blob.Key) is { } segment && !await IsCurrentAsync(segment, blob.Key, cancel))
                await blobs.DeleteAsync(blob.Key, cancel);
        }
    }

    private async Task<byte[]> SegmentAsync(int segment, List<ExportedResult> own, bool isFull, CancellationToken cancel)
    {
        var key = KeyOf(segment, own);
        if (isFull && await blobs.GetAsync(key, cancel) is { } kept)
            return DocumentStore.Decompress(kept);

        var found = await documents.FindAsync([.. own.Select(result => result.Id)], cancel);
        using var lines = new MemoryStream();
        foreach (var (result, document) in own.Zip(found))
        {
            if (document is null)
                continue; // deleted meanwhile
            await JsonSerializer.SerializeAsync(lines, new ExportRow(result.Id, result.SubmittedAt, document), ApiJson.Default.ExportRow, cancel);
            lines.WriteByte((byte)'\n');
        }

        var bytes = lines.ToArray();
        if (isFull && !found.Contains(null))
            await KeepAsync(segment, key, bytes);
        return bytes;
    }

    /// <summary>Keeps a segment, unless one of its results was deleted or hidden meanwhile: then nobody else removes what was just put. An asker who leaves does not cut it short.</summary>
    private async Task KeepAsync(int segment, string key, byte[] lines)
    {
        await blobs.PutAsync(key, DocumentStore.Compress(lines), CancellationToken.None);
        if (!await IsCurrentAsync(segment, key, CancellationToken.None))
            await blobs.DeleteAsync(key, CancellationToken.None);
    }

    /// <summary>Whether a key is that of the results which are in a segment now.</summary>
    private async Task<bool> IsCurrentAsync(int segment, string key, CancellationToken cancel)
    {
        var page = await results.ResultsAsync(segment * Size - 1, Size, cancel);
        return KeyOf(segment, [.. page.TakeWhile(result => result.No <= LastOf(segment))]) == key;
    }

    /// <summary>The segment in a key; null where it is not a key of a segment.</summary>
    private static int? SegmentOf(string key) =>
        key.Split('/') is [_, var number, var name] && name.EndsWith(Extension, StringComparison.Ordinal)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var segment) ? segment : null;

    private static int LastOf(int segment) => (segment + 1) * Size - 1;

    private static string KeyOf(int segment, List<ExportedResult> own)
    {
        var names = string.Join('\n', own.Select(result => result.Id).Prepend(Format));
        return $"{Prefix}{segment}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)).AsSpan(0, 16))}{Extension}";
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Segment {Segment} of the exports could not be removed yet ({Error})")]
        public static partial void Left(ILogger logger, string error, int segment);
    }
}
