using PcBench.Backend.Caching;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Appeals;

/// <summary>What became of an appeal.</summary>
internal enum AppealOutcome
{
    Taken,
    NotFlagged,
    AppealedBefore,
    Gone,
}

/// <summary>What became of a decision.</summary>
internal enum DecisionOutcome
{
    Done,
    NoAppeal,
    NoResult,
}

/// <summary>Takes appeals, and lets decisions have their effect on the boards in the transaction that keeps them.</summary>
internal sealed class AppealStore(Database database, DocumentStore documents, Standing standing, Freshness freshness, TimeProvider time)
{
    public async Task<AppealOutcome> AppealAsync(string id, string text, CancellationToken cancel) => await database.WriteAsync(
        async (write, token) => await ResultSql.FindAsync(write, id, token) switch
        {
            null => AppealOutcome.Gone,
            { Fit: not Fit.Flagged } => AppealOutcome.NotFlagged,
            var row => await AppealSql.AddAsync(write, row.Standing.No, text, time.GetUtcNow(), token) ? AppealOutcome.Taken : AppealOutcome.AppealedBefore,
        },
        cancel);

    public async Task<DecisionOutcome> DecideAsync(string id, DecisionRequest decision, CancellationToken cancel)
    {
        // Read before the transaction: it comes from the blob store, and a document never changes.
        if (await documents.FindAsync(id, cancel) is not { } document)
            return DecisionOutcome.NoResult;
        var leaves = false;
        var outcome = await database.WriteAsync(
            async (write, token) =>
            {
                leaves = false;
                if (await ResultSql.FindAsync(write, id, token) is not { } row)
                    return DecisionOutcome.NoResult;
                if (await AppealSql.FindAsync(write, row.Standing.No, token) is null)
                    return DecisionOutcome.NoAppeal;
                await AppealSql.DecideAsync(write, row.Standing.No, decision, time.GetUtcNow(), token);
                var counts = ResultRow.MayCount(row.Visibility, row.Fit, decision.Accepted);
                leaves = row.Counts && !counts;
                await standing.ChangeAsync(write, row.Standing, row.Counts, counts, document, token);
                await freshness.NoteRemovalAsync(write, token); // of pages that show it as it was before
                return DecisionOutcome.Done;
            },
            cancel);
        if (leaves)
            await freshness.RemovedEverywhereAsync();
        return outcome;
    }

    /// <summary>The appeal as a result's page shows it.</summary>
    /// <returns>Null where there is none, or where it concerns its owner alone.</returns>
    public async Task<AppealView?> ViewAsync(int resultNo, bool owned, CancellationToken cancel)
    {
        if (await AppealSql.FindAsync(database, resultNo, cancel) is not { } appeal)
            return null;
        var decision = (await AppealSql.DecisionsAsync(database, resultNo, cancel)).FirstOrDefault();
        if (!owned && decision is null)
            return null;
        return new AppealView(owned ? appeal.Text : null, appeal.AppealedAt, decision is null ? null : decision with { By = null });
    }
}
