using System.Runtime.CompilerServices;

namespace PcBench.Platform.Blobs;

/// <summary>Blobs as files.</summary>
/// <param name="folder">The folder; it exists.</param>
public sealed class FolderBlobStore(string folder) : IBlobStore
{
    private const string Unfinished = ".tmp";

    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Two writers of one key write the same content, but must not write into the same file.
        var temporary = $"{path}.{Guid.CreateVersion7():N}{Unfinished}";
        await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
        {
            await file.WriteAsync(content, cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancel);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancel)
    {
        var path = PathOf(key);
        if (File.Exists(path))
            File.Delete(path);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var root = PathOf(prefix);
        if (!Directory.Exists(root))
            yield break;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (path.EndsWith(Unfinished, StringComparison.Ordinal))
                File.Delete(path); // left by a crash: its writer is gone, for listing is done before writing starts
            else
                yield return Path.GetRelativePath(folder, path).Replace('\\', '/');
        }

        await Task.CompletedTask;
    }

    private string PathOf(string key)
    {
        // Keys are made here of ids, never of what somebody sent; this holds it so.
        if (key.Contains("..", StringComparison.Ordinal) || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '-'))
            throw new ArgumentException($"'{key}' is not a key of a blob.", nameof(key));
        return Path.Combine(folder, key);
    }
}
