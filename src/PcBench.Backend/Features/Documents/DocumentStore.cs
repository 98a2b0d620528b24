using System.IO.Compression;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Documents;

/// <summary>
/// The documents as they were submitted, byte for byte. They begin as a row of the submission's transaction and move to
/// the blob store when it can take them; a reader finds them in either.
/// </summary>
internal sealed class DocumentStore(Database database, IBlobStore blobs)
{
    /// <summary>Prefix of all keys.</summary>
    public const string Prefix = "results/";

    private const string Extension = ".json.gz";
    private const string Body = "select d.body from result_document d join result r on r.no = d.result_no where r.id = @id";
    private const string Exists = "select count(*) from result where id = @id";
    private const string RemoveBody = "delete from result_document where result_no = (select no from result where id = @id)";

    public static string KeyOf(string id) => $"{Prefix}{id[..2]}/{id}{Extension}";

    /// <summary>The id in a key; null where it is not a key of a document.</summary>
    public static string? IdOf(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        return name.EndsWith(Extension, StringComparison.Ordinal) ? name[..^Extension.Length] : null;
    }

    public static byte[] Compress(ReadOnlySpan<byte> document)
    {
        using var buffer = new MemoryStream(document.Length / 2);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
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
        await BytesAsync(id, cancel) is { } bytes ? JsonSerializer.Deserialize(bytes, DocumentJson.Default.ResultDocument) : null;

    /// <summary>Moves a document from its row to the blob store. Doing it twice does nothing more.</summary>
    public async Task ArchiveAsync(string id, CancellationToken cancel)
    {
        if (await RowAsync(id, cancel) is { } body)
        {
            await blobs.PutAsync(KeyOf(id), body, cancel);
            await database.WriteAsync((write, token) => write.Sql(RemoveBody).With("id", id).ExecuteAsync(token), cancel);
        }

        // It may have been deleted while it moved; then nobody else removes what was just put.
        if (await database.Sql(Exists).With("id", id).NumberAsync(cancel) == 0)
            await RemoveBlobAsync(id, cancel);
    }

    public Task RemoveBlobAsync(string id, CancellationToken cancel) => blobs.DeleteAsync(KeyOf(id), cancel);

    private async Task<byte[]?> RowAsync(string id, CancellationToken cancel) =>
        await database.Sql(Body).With("id", id).FirstAsync(row => row.GetBytes(0), cancel);

    private static byte[] Decompress(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var document = new MemoryStream(compressed.Length * 4);
        gzip.CopyTo(document);
        return document.ToArray();
    }
}
