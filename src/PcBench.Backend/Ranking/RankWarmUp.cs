using PcBench.Contracts;
using PcBench.Contracts.Workloads;

namespace PcBench.Backend.Ranking;

/// <summary>Loads the ranks of the scores after the start, so that their first visitor does not wait for it.</summary>
internal sealed class RankWarmUp(IRankStore ranks) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var kind in Enum.GetValues<ScoreKind>())
            await ranks.SummaryAsync(Board.Find(Board.NameOf(kind))!, stoppingToken);
    }
}
