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
internal sealed class FileImport(IReadOnlyList<string> files, ImportFormat? format, ColumnMap? map, Action<ImportCount> progress)
{
    public ImportCount Count { get; } = new();

    public async Task WriteAsync(Func<byte[], CancellationToken, Task> write, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            Count.Files++;
            await foreach (var item in ReadAsync(file, cancel))
            {
                Count.Add(file, item);
                if (item.Result is { } result)
                    await write(JsonLinesReader.LineOf(result), cancel);
                progress(Count);
            }
        }
    }

    private async IAsyncEnumerable<ImportItem> ReadAsync(string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var source = SourceFiles.Open(file);
        var (found, whole) = await SourceFiles.DetectAsync(source, cancel);
        if ((format ?? found) is not { } known)
        {
            yield return ImportItem.Refused(FieldError.Of("$", null, "It is none of the formats.", "Give a file of Geekbench 6, PassMark or the Phoronix Test Suite as the program wrote it, or name the --format."));
            yield break;
        }

        if (known == ImportFormat.Csv && map is null)
        {
            yield return ImportItem.Refused(FieldError.Of("--map", null, "A table needs a map of its columns.", $"Give --map {string.Join(" or --map ", ColumnMap.BuiltIn)}, a map's file, or pairs: cpuModel=COLUMN,geekbench6.single=COLUMN."));
            yield break;
        }

        await foreach (var item in ImportReader.ReadAsync(whole, known, map, cancel))
            yield return item;
    }
}
