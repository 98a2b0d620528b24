using System.Runtime.CompilerServices;
using PcBench.Contracts.Api;
using PcBench.Imports.Geekbench;
using PcBench.Imports.Passmark;
using PcBench.Imports.Phoronix;
using PcBench.Imports.Tables;

namespace PcBench.Imports;

/// <summary>
/// Reads results of other programs. A pure function of the bytes: nothing is fetched, nothing that a file says is carried
/// out. Names of users and hosts, serial numbers and comments are not read, so they cannot go on.
/// </summary>
public static class ImportReader
{
    /// <summary>The most bytes a document of one run may have; tables and JSON Lines are read row by row and have no such limit.</summary>
    public const int MaxDocumentBytes = 16 * 1_024 * 1_024;

    /// <summary>Reads a file and says of each result in it what became of it.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="format">What they are.</param>
    /// <param name="map">What the columns of a table are; needed for <see cref="ImportFormat.Csv"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public static IAsyncEnumerable<ImportItem> ReadAsync(Stream source, ImportFormat format, ColumnMap? map, CancellationToken cancel = default) => format switch
    {
        ImportFormat.Csv => TableReader.ReadAsync(source, map ?? throw new ArgumentException("A table needs a map of its columns.", nameof(map)), cancel),
        ImportFormat.Pcbench => JsonLinesReader.ReadAsync(source, cancel),
        _ => ReadDocumentAsync(source, format, cancel),
    };

    private static async IAsyncEnumerable<ImportItem> ReadDocumentAsync(Stream source, ImportFormat format, [EnumeratorCancellation] CancellationToken cancel)
    {
        IReadOnlyList<ImportItem> items;
        try
        {
            var document = await SourceText.ReadAsync(source, MaxDocumentBytes, cancel);
            items = format switch
            {
                ImportFormat.Geekbench6 => GeekbenchReader.Read(document),
                ImportFormat.Passmark => PassmarkReader.Read(document),
                _ => PhoronixReader.Read(document),
            };
        }
        catch (RefusedException refused)
        {
            items = [ImportItem.Refused(refused.Error)];
        }

        foreach (var item in items)
            yield return ImportRules.Checked(item, field => field);
    }
}
