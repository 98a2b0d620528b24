using PcBench.Contracts.Api;
using PcBench.Imports;

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

    public static Stream Open(string path) => path == StandardInput
        ? Console.OpenStandardInput()
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1_024, FileOptions.SequentialScan | FileOptions.Asynchronous);

    /// <summary>Tells by its beginning what a file is.</summary>
    /// <returns>The format, null where it is none; and the whole file, its beginning included.</returns>
    public static async Task<(ImportFormat? Format, Stream Whole)> DetectAsync(Stream source, CancellationToken cancel)
    {
        var beginning = new byte[FormatDetection.BytesNeeded];
        var length = await source.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancel);
        var format = FormatDetection.Of(beginning.AsSpan(0, length));
        if (source.CanSeek)
        {
            source.Position = 0;
            return (format, source);
        }

        // A pipe cannot be read twice, and is one file.
        var whole = new MemoryStream();
        whole.Write(beginning, 0, length);
        await source.CopyToAsync(whole, cancel);
        whole.Position = 0;
        return (format, whole);
    }
}
