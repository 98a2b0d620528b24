namespace PcBench.Platform.Blobs;

/// <summary>Keys are made here of ids, never of what somebody sent; this holds it so, for every store alike.</summary>
internal static class BlobKey
{
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string key) =>
        key.Contains("..", StringComparison.Ordinal) || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '-')
            ? throw new ArgumentException($"'{key}' is not a key of a blob.", nameof(key))
            : key;
}
