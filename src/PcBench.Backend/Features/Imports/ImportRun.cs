using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Imports;

namespace PcBench.Backend.Features.Imports;

/// <summary>Takes in one import and counts what becomes of it.</summary>
/// <param name="store">Where it goes; null for a trial.</param>
/// <param name="importNo">Number of the import.</param>
/// <param name="ownerKey">Its owner.</param>
/// <param name="maxResults">What comes after so many results is refused.</param>
internal sealed class ImportRun(ImportStore? store, int importNo, byte[] ownerKey, int maxResults)
{
    private const int Batch = 250;

    private readonly List<NewImported> waiting = new(Batch);
    private readonly ImportCount count = new();

    public long Results => count.Results;

    public long Stored { get; private set; }

    public async Task TakeAsync(IAsyncEnumerable<ImportItem> items, CancellationToken cancel)
    {
        await foreach (var item in items.WithCancellation(cancel))
        {
            if (item.Result is not null && Results == maxResults)
            {
                count.Add(item with { Result = null });
                count.Refuse(FieldError.Of("$", maxResults, "More results than one import may have; what follows was not read.", "Import the rest by itself."));
                break;
            }

            count.Add(item);
            if (store is null || item.Result is not { } result)
                continue;
            waiting.Add(NewImported.Of(result, ownerKey));
            if (waiting.Count == Batch)
                await FlushAsync(store, cancel);
        }

        if (store is not null && waiting.Count > 0)
            await FlushAsync(store, cancel);
    }

    public ImportSummary Summary(string? id, ImportFormat format, Visibility visibility) => new(
        id, format, visibility, Results, store is null ? Results : Stored, store is null ? 0 : Results - Stored, count.Refused, count.Skipped, count.Errors, count.Notes, store is null);

    private async Task FlushAsync(ImportStore into, CancellationToken cancel)
    {
        Stored += await into.AddAsync(importNo, waiting, cancel);
        waiting.Clear();
    }
}
