using PcBench.Contracts.Results;

namespace PcBench.Cli.Import;

/// <summary>The files that an import reads: those that were named, and all in the folders that were named.</summary>
internal static class SourceFiles
{
    /// <summary>The name of the standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Paths of files, in an order that is always the same.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <returns>The files; and the first path that is neither.</returns>
    public static (IReadOnlyList<string> Files, string? Missing) Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            else if (path == StandardInput || File.Exists(path))
                files.Add(path);
            else
                return (files, path);
        }

        return (files, null);
    }

    /// <returns>The file; or why it cannot be opened: one among many may be a broken link, or another user's.</returns>
    public static (Stream? Source, FieldError? Problem) Open(string path)
    {
        try
        {
            return (path == StandardInput
                ? Console.OpenStandardInput()
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1_024, FileOptions.SequentialScan | FileOptions.Asynchronous), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, FieldError.Of("$", null, $"It cannot be opened: {error.Message}", "Check that it is there and that you may read it."));
        }
    }
}
