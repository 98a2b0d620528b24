using PcBench.Contracts;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Health;

namespace PcBench.Backend.Ranking;

/// <summary>Loads the ranks of the scores after the start, so that their first visitor does not wait for it.</summary>
internal sealed class RankWarmUp(IRankStore ranks, PublishedRanks published, StartupGate gate) : BackgroundService
{
    private readonly IDisposable hold = gate.Hold();

    public override void Dispose()
    {
        hold.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var held = hold;
        await published.LookAsync();
        foreach (var kind in WorkloadCatalog.ScoredKinds)
            await ranks.SummaryAsync(Board.Find(Board.NameOf(kind))!, stoppingToken);
    }
}
