namespace PcBench.Cli.Machine;

/// <summary>Files by absolute path: those of the running system, or captured ones in tests.</summary>
internal interface IFileTree
{
    /// <summary>A file's text; null where it is not there or not readable.</summary>
    string? Text(string path);

    /// <summary>A file's bytes; null where it is not there or not readable.</summary>
    byte[]? Bytes(string path);

    /// <summary>Names in a folder, in ordinal order; none where it is not there.</summary>
    IReadOnlyList<string> Entries(string path);
}

internal static class FileTreeExtensions
{
    /// <summary>A file of one value, trimmed; null where it is not there or empty.</summary>
    public static string? Value(this IFileTree files, string path) =>
        files.Text(path)?.Trim('\0', ' ', '\t', '\r', '\n') is { Length: > 0 } value ? value : null;

    /// <summary>A file of one whole number; null where it is not there or is not one.</summary>
    public static long? Number(this IFileTree files, string path) =>
        long.TryParse(files.Value(path), out var number) ? number : null;
}
