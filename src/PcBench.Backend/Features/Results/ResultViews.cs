using System.Text.Json;
using PcBench.Backend.Features.Appeals;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.Backend.Features.Results;

/// <summary>Makes a result's page of its row, its document and the ranks.</summary>
internal sealed class ResultViews(DocumentStore documents, IRankStore ranks, AppealStore appeals)
{
    /// <returns>The view; null where the result was deleted in between.</returns>
    public async Task<ResultView?> OfAsync(VisibleResult result, CancellationToken cancel)
    {
        var (row, standing) = (result.Row, result.Row.Standing);
        if (await documents.FindAsync(standing.Id, cancel) is not { } document)
            return null;
        return new ResultView
        {
            Id = standing.Id,
            MeasuredAt = standing.MeasuredAt,
            SubmittedAt = row.SubmittedAt,
            Visibility = row.Visibility,
            Owned = result.Owned,
            CpuId = row.CpuId,
            CpuName = standing.CpuName,
            Agent = $"{document.Agent.Name} {document.Agent.Version}",
            Run = document.Run,
            Machine = document.Machine,
            Environment = document.Environment,
            Scores = await RankedAsync(ScoreFormula.Of(document), row.Counts, cancel),
            Workloads = [.. document.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>().OrderBy(PlaceInCatalog)],
            Marks = ResultMarks.Of(document),
            Assessment = row.Assessment is { } json ? JsonSerializer.Deserialize(json, ApiJson.Default.Assessment) : null,
            Appeal = row.Fit == Fit.Flagged || row.IsAccepted ? await appeals.ViewAsync(standing.No, result.Owned, cancel) : null,
        };
    }

    private async Task<IReadOnlyList<RankedScore>> RankedAsync(IReadOnlyList<Score> scores, bool counts, CancellationToken cancel)
    {
        var ranked = new List<RankedScore>(scores.Count);
        foreach (var score in scores)
        {
            var rank = counts
                ? (await ranks.RanksAsync(Board.Find(Board.NameOf(score.Kind))!, [KeptValue.IntervalOf((float)score.Value, (float)(score.High / score.Value))], cancel))[0]
                : null;
            ranked.Add(new RankedScore(score, rank));
        }

        return ranked;
    }

    private static int PlaceInCatalog(WorkloadView workload) =>
        WorkloadCatalog.All.Index().First(known => known.Item.Id == workload.Id).Index;
}
