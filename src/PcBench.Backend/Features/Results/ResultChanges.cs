using PcBench.Backend.Caching;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Exports;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Results;

/// <summary>What an owner may do to a result.</summary>
internal sealed class ResultChanges(
    Database database, DocumentStore documents, ExportSegments exports, Standing standing, Freshness freshness, Outbox outbox)
{
    /// <returns>False where the result was deleted in between.</returns>
    public async Task<bool> SetVisibilityAsync(string id, Visibility visibility, CancellationToken cancel)
    {
        // Read before the transaction: it comes from the blob store, and a document never changes.
        var document = visibility == Visibility.Public ? await documents.FindAsync(id, cancel) : null;
        int? hidden = null;
        var changed = await database.WriteAsync(async (write, token) =>
        {
            if (await ResultSql.FindAsync(write, id, token) is not { } row)
                return false;
            await ResultSql.SetVisibilityAsync(write, row.Standing.No, visibility, token);
            var counts = ResultRow.MayCount(visibility, row.Fit, row.IsAccepted) && document is not null;
            await standing.ChangeAsync(write, row.Standing, row.Counts, counts, document, token);
            hidden = visibility < row.Visibility ? row.Standing.No : null;
            if (hidden is not null)
                await freshness.NoteRemovalAsync(write, token);
            else
                freshness.NoteChange(write);
            return true;
        }, cancel);
        if (hidden is { } no)
            await Task.WhenAll(exports.TryForgetAsync(no), freshness.RemovedEverywhereAsync());
        return changed;
    }

    /// <summary>Deletes a result everywhere; on return nothing answers for it any more.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancel)
    {
        var deleted = await database.WriteAsync<int?>(async (write, token) =>
        {
            if (await ResultSql.FindAsync(write, id, token) is not { } row)
                return null;
            if (row.Counts)
                await standing.LeaveAsync(write, row.Standing, token);
            await ResultSql.DeleteAsync(write, row.Standing.No, token);
            await outbox.AddAsync(write, EventTypes.ResultDeleted, id, "{}", token);
            await freshness.NoteRemovalAsync(write, token);
            return row.Standing.No;
        }, cancel);

        // At once, for the answer says it is gone; the event does it again should this be cut short.
        if (deleted is { } no)
            await Task.WhenAll(documents.TryRemoveBlobAsync(id), exports.TryForgetAsync(no), freshness.RemovedEverywhereAsync());
        return deleted is not null;
    }
}
