using System.IO.Compression;
using PcBench.Backend.Telemetry;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Documents;

/// <summary>
/// The documents as they were submitted, byte for byte. They begin as a row of the submission's transaction and move to
/// the blob store when it can take them; a reader finds them in either.
/// </summary>
internal sealed partial class DocumentStore(Database database, IBlobStore blobs, BackendMetrics metrics, ILogger<DocumentStore> logger)
{
    /// <summary>Prefix of all keys.</summary>
    public const string Prefix = "results/";

    private const string Extension = ".json.gz";
    private const int AtOnce = 8;
    private const string Body = "select d.body from result_document d join result r on r.no = d.result_no where r.id = @id";

    // Measured on a document of 36 KB: level 2 takes 165 us for 15.9 KB, the usual 6 takes 383 us for 15.2 KB.
    private static readonly ZLibCompressionOptions Quick = new() { CompressionLevel = 2 };

    public static string KeyOf(string id) => $"{Prefix}{id[..2]}/{id}{Extension}";

    /// <summary>The id in a key; null where it is not a key of a document.</summary>
    public static string? IdOf(string key)
    {
        var id = key[(key.LastIndexOf('/') + 1)..].Split('.')[0];
        return SignedContent.IsId(id) && KeyOf(id) == key ? id : null;
    }

    public static byte[] Compress(ReadOnlySpan<byte> document)
    {
        using var buffer = new MemoryStream(document.Length / 2);
        using (var gzip = new GZipStream(buffer, Quick))
            gzip.Write(document);
        return buffer.ToArray();
    }

    /// <returns>The bytes as they were submitted; null where the result is gone.</returns>
    public async Task<byte[]?> BytesAsync(string id, CancellationToken cancel)
    {
        // Row, blob, row again: the document may have moved between the first two looks, never back.
        var compressed = await RowAsync(id, cancel) ?? await blobs.GetAsync(KeyOf(id), cancel) ?? await RowAsync(id, cancel);
        return compressed is null ? null : Decompress(compressed);
    }

    /// <returns>The document; null where the result is gone.</returns>
    public async Task<ResultDocument?> FindAsync(string id, CancellationToken cancel) =>
        await BytesAsync(id, cancel) is { } bytes ? ResultReader.ReadChecked(bytes) : null;

    /// <returns>The documents in order; null for a result that is gone.</returns>
    public async Task<IReadOnlyList<ResultDocument?>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var documents = new ResultDocument?[ids.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForAsync(0, ids.Count, options, async (i, token) => documents[i] = await FindAsync(ids[i], token));
        return documents;
    }

    /// <summary>Moves documents from their rows to the blob store. Doing it twice does nothing more.</summary>
    public async Task ArchiveAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var which = new OneOf(database.Dialect, "r.id", ids);
        var bodies = await which.In(database.Sql($"select r.id, d.body from result_document d join result r on r.no = d.result_no where {which}"))
            .ListAsync(row => (Id: row.GetString(0), Body: row.GetBytes(1)), cancel);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(bodies, options, async (document, token) =>
        {
            await blobs.PutAsync(KeyOf(document.Id), document.Body, token);
            metrics.DocumentArchived();
        });
        if (bodies.Count > 0)
        {
            await database.WriteAsync(
                (write, token) => which.In(write.Sql($"delete from result_document where result_no in (select r.no from result r where {which})")).ExecuteAsync(token), cancel);
        }

        // One may have been deleted while it moved; then nobody else removes what was just put.
        var there = await which.In(database.Sql($"select r.id from result r where {which}")).ListAsync(row => row.GetString(0), cancel);
        foreach (var id in ids.Except(there))
            await blobs.DeleteAsync(KeyOf(id), cancel);
    }

    /// <summary>Removes a document from the blob store, or leaves it to the event of its deletion where the store is away.</summary>
    public async Task TryRemoveBlobAsync(string id)
    {
        try
        {
            await blobs.DeleteAsync(KeyOf(id), CancellationToken.None);
        }
        catch (Exception error)
        {
            Log.Left(logger, error.GetType().Name, id);
        }
    }

    private async Task<byte[]?> RowAsync(string id, CancellationToken cancel) =>
        await database.Sql(Body).With("id", id).FirstAsync(row => row.GetBytes(0), cancel);

    public static byte[] Decompress(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var document = new MemoryStream(compressed.Length * 4);
        gzip.CopyTo(document);
        return document.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The document of the deleted result {Id} could not be removed yet ({Error})")]
        public static partial void Left(ILogger logger, string error, string id);
    }
}
