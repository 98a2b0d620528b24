using PcBench.Backend.Caching;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Ranking;
using PcBench.Backend.Telemetry;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
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
        while (await ResultSql.FindAsync(database, id, cancel) is { } row && await documents.FindAsync(id, cancel) is { } document)
        {
            var peers = await AssessmentSql.PeersAsync(database, numbers, row.Standing, cancel);
            var assessment = await assessor.AssessAsync(new AssessRequest(document, peers.Figures), cancel);
            if (!await database.WriteAsync((write, token) => StoreAsync(write, row, document, peers, assessment, token), cancel))
                continue;
            metrics.Assessed(assessment.Fit);
            return (row.Standing, peers.Count);
        }

        return null;
    }

    /// <returns>False where another replica has assessed it meanwhile, maybe by peers that came after those that were read here: again.</returns>
    private async Task<bool> StoreAsync(Write write, ResultRow before, ResultDocument document, Peers peers, Assessment assessment, CancellationToken cancel)
    {
        if (await ResultSql.FindAsync(write, before.Standing.Id, cancel) is not { } now || now.Assessment != before.Assessment)
            return false;
        await AssessmentSql.StoreAsync(write, now.Standing, peers.Count, assessment, cancel);
        var counts = ResultRow.MayCount(now.Visibility, assessment.Fit, now.IsAccepted);
        await standing.ChangeAsync(write, now.Standing, now.Counts, counts, document, cancel);
        if (assessment.Fit != now.Fit)
            await outbox.AddAsync(write, EventTypes.ResultAssessed, now.Standing.Id, "{}", cancel);
        if (!counts && now.Counts)
            await freshness.NoteRemovalAsync(write, cancel);
        else
            freshness.NoteChange(write);
        return true;
    }
}
