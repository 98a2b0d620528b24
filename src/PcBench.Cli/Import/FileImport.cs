using System.IO.Pipelines;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Imports;
using PcBench.Imports.Tables;

namespace PcBench.Cli.Import;

/// <summary>Reads files one after another and writes what is good in them, a result a line.</summary>
/// <param name="files">The files.</param>
/// <param name="format">What they are; null: told by their beginning.</param>
/// <param name="map">What the columns of tables are.</param>
/// <param name="progress">Told now and then how far it is.</param>
internal sealed class FileImport(IReadOnlyList<string> files, ImportFormat? format, ColumnMap? map, Action<FileImport> progress)
{
    /// <summary>Files that were begun.</summary>
    public int Files { get; private set; }

    public ImportCount Count { get; } = new();

    public async Task WriteAsync(Func<byte[], CancellationToken, Task> write, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            Files++;
            await foreach (var item in ReadAsync(file, cancel))
            {
                Count.Add(item with
                {
                    Errors = [.. item.Errors.Select(error => error with { Field = $"{file}: {error.Field}" })],
                    Notes = [.. item.Notes.Select(note => $"{file}: {note}")],
                });
                if (item.Result is { } result)
                    await write(JsonLinesReader.LineOf(result), cancel);
                progress(this);
            }
        }
    }

    /// <summary>The whole, with what the server says of what was sent.</summary>
    public ImportSummary Summary(Visibility visibility, ImportSummary? sent) => new(
        sent?.Id, format ?? ImportFormat.Pcbench, visibility, Count.Results, sent?.Stored ?? Count.Results, sent?.Known ?? 0, Count.Refused + (sent?.Refused ?? 0), Count.Skipped,
        [.. Count.Errors, .. (sent?.Errors ?? []).Take(ImportCount.MaxSaid - Count.Errors.Count)], Count.Notes, DryRun: sent is null);

    private async IAsyncEnumerable<ImportItem> ReadAsync(string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (opened, closed) = SourceFiles.Open(file);
        if (opened is null)
        {
            yield return ImportItem.Refused(closed!);
            yield break;
        }

        await using var source = opened;
        var whole = PipeReader.Create(source);
        var (found, unknown) = format is null ? await FormatDetection.OfAsync(whole, cancel) : (format, null);
        if (found is not { } known)
        {
            yield return ImportItem.Refused(unknown!);
            yield break;
        }

        if (known == ImportFormat.Csv && map is null)
        {
            yield return ImportItem.Refused(FieldError.Of("--map", null, "A table needs a map of its columns.", $"Give --map {string.Join(" or --map ", ColumnMap.BuiltIn)}, a map's file, or pairs: cpuModel=COLUMN,geekbench6.single=COLUMN."));
            yield break;
        }

        await foreach (var item in ImportReader.ReadAsync(whole.AsStream(), known, map, cancel))
            yield return item;
    }
}
