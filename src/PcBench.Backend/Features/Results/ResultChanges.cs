using PcBench.Backend.Features.Documents;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Results;

/// <summary>What an owner may do to a result.</summary>
internal sealed class ResultChanges(Database database, DocumentStore documents, Standing standing, Outbox outbox)
{
    /// <returns>False where the result was deleted in between.</returns>
    public async Task<bool> SetVisibilityAsync(string id, Visibility visibility, CancellationToken cancel)
    {
        // Read before the transaction: it comes from the blob store, and a document never changes.
        var document = visibility == Visibility.Public ? await documents.FindAsync(id, cancel) : null;
        return await database.WriteAsync(async (write, token) =>
        {
            if (await ResultSql.FindAsync(write, id, token) is not { } row)
                return false;
            await ResultSql.SetVisibilityAsync(write, row.Standing.No, visibility, token);
            var counts = ResultRow.MayCount(visibility, row.Fit) && document is not null;
            if (counts && !row.Counts)
                await standing.EnterAsync(write, row.Standing, [.. Board.ValuesOf(document!.Workloads)], token);
            else if (!counts && row.Counts)
                await standing.LeaveAsync(write, row.Standing, token);
            return true;
        }, cancel);
    }

    /// <summary>Deletes a result everywhere; on return nothing answers for it any more.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancel)
    {
        var deleted = await database.WriteAsync(async (write, token) =>
        {
            if (await ResultSql.FindAsync(write, id, token) is not { } row)
                return false;
            if (row.Counts)
                await standing.LeaveAsync(write, row.Standing, token);
            await ResultSql.DeleteAsync(write, row.Standing.No, token);
            await outbox.AddAsync(write, EventTypes.ResultDeleted, id, "{}", token);
            return true;
        }, cancel);

        // At once, for the answer says it is gone; the event does it again should this be cut short.
        if (deleted)
            await documents.RemoveBlobAsync(id, CancellationToken.None);
        return deleted;
    }
}
