namespace PcBench.Cli.Machine;

/// <summary>The files of the running system.</summary>
internal sealed class SystemFiles : IFileTree
{
    public string? Text(string path) => Read(path, File.ReadAllText);

    public byte[]? Bytes(string path) => Read(path, File.ReadAllBytes);

    public IReadOnlyList<string> Entries(string path) =>
        Read(path, folder => Directory.EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .Order(StringComparer.Ordinal)
            .ToList()) ?? [];

    /// <summary>Drivers answer a read of a file that is there with any error they like, so both kinds mean "not readable".</summary>
    private static T? Read<T>(string path, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
