using System.Runtime.CompilerServices;

namespace PcBench.Platform.Blobs;

/// <summary>Blobs as files.</summary>
/// <param name="folder">The folder; it exists.</param>
/// <param name="time">Tells what a crash left from what is being written.</param>
public sealed class FolderBlobStore(string folder, TimeProvider time) : IBlobStore
{
    private const string Unfinished = ".tmp";

    // Writing takes moments; a file that is unfinished for longer has no writer any more.
    private static readonly TimeSpan LeftByCrash = TimeSpan.FromHours(1);

    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Two writers of one key write the same content, but must not write into the same file.
        var temporary = $"{path}.{Guid.CreateVersion7():N}{Unfinished}";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await file.WriteAsync(content, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary); // it is tried again and again: what each try leaves would fill what a full disk has left
            throw;
        }
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

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var root = new DirectoryInfo(PathOf(prefix));
        if (!root.Exists)
            yield break;
        foreach (var file in root.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (!file.Name.EndsWith(Unfinished, StringComparison.Ordinal))
                yield return new BlobEntry(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.LastWriteTimeUtc);
            else if (time.GetUtcNow() - file.LastWriteTimeUtc > LeftByCrash)
                file.Delete();
        }

        await Task.CompletedTask;
    }

    private string PathOf(string key) => Path.Combine(folder, BlobKey.Check(key));
}
