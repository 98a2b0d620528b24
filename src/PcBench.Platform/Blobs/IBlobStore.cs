namespace PcBench.Platform.Blobs;

/// <summary>Named byte strings: a folder when embedded, an object store in the contours.</summary>
public interface IBlobStore
{
    /// <summary>Stores or replaces. On return it is durable, and a reader sees all of it or nothing.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <returns>The content, or null where there is none.</returns>
    Task<byte[]?> GetAsync(string key, CancellationToken cancel);

    /// <summary>Removes; nothing happens where there is nothing.</summary>
    Task DeleteAsync(string key, CancellationToken cancel);

    /// <summary>All keys under a prefix that ends with a slash, in no order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancel);
}
