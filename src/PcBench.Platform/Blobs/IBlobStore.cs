namespace PcBench.Platform.Blobs;

/// <summary>
/// Named byte strings: a folder when embedded, an object store in the contours. A store that is away fails a call with what
/// <see cref="BlobOutage.Is"/> knows.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores or replaces. On return it is durable, and a reader sees all of it or nothing.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <returns>The content, or null where there is none.</returns>
    Task<byte[]?> GetAsync(string key, CancellationToken cancel);

    /// <summary>Removes; nothing happens where there is nothing.</summary>
    Task DeleteAsync(string key, CancellationToken cancel);

    /// <summary>All blobs whose key is under a prefix that ends with a slash, in no order.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel);
}

/// <summary>One blob of a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ChangedAt">When it was stored or replaced last, by the store's clock.</param>
public sealed record BlobEntry(string Key, DateTimeOffset ChangedAt);
