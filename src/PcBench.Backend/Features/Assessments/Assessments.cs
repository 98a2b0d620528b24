using PcBench.Backend.Caching;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Ranking;
using PcBench.Backend.Telemetry;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Assessments;

/// <summary>Has results assessed, keeps the verdicts and lets them have their effect on the boards.</summary>
internal sealed class Assessments(
    IAssessor assessor, Database database, DocumentStore documents, BoardNumbers numbers, Standing standing, Freshness freshness, Outbox outbox, BackendMetrics metrics)
{
    /// <summary>Assesses a result, and those of its model for which there was not enough data before it came.</summary>
    public async Task AssessAsync(string id, CancellationToken cancel)
    {
        if (await AssessOneAsync(id, cancel) is not { } assessed)
            return;
        foreach (var other in await AssessmentSql.ToReassessAsync(database, assessed.Result, assessed.Peers, cancel))
            await AssessOneAsync(other, cancel);
    }

    /// <returns>The result and how many it was compared with; null where it is gone.</returns>
    private async Task<(StandingResult Result, int Peers)?> AssessOneAsync(string id, CancellationToken cancel)
    {
        if (await ResultSql.FindAsync(database, id, cancel) is not { } row || await documents.FindAsync(id, cancel) is not { } document)
            return null;
        var peers = await AssessmentSql.PeersAsync(database, numbers, row.Standing, cancel);
        var assessment = await assessor.AssessAsync(new AssessRequest(document, peers.Figures), cancel);
        await database.WriteAsync(async (write, token) =>
        {
            if (await ResultSql.FindAsync(write, id, token) is not { } now)
                return;
            await AssessmentSql.StoreAsync(write, now.Standing, peers.Count, assessment, token);
            var counts = ResultRow.MayCount(now.Visibility, assessment.Fit, now.IsAccepted);
            await standing.ChangeAsync(write, now.Standing, now.Counts, counts, document, token);
            if (assessment.Fit != now.Fit)
                await outbox.AddAsync(write, EventTypes.ResultAssessed, id, "{}", token);
            if (!counts && now.Counts)
                await freshness.NoteRemovalAsync(write, token);
            else
                freshness.NoteChange(write);
        }, cancel);
        metrics.Assessed(assessment.Fit);
        return (row.Standing, peers.Count);
    }
}
