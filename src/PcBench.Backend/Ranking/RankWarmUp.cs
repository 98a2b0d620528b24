using PcBench.Contracts;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Health;

namespace PcBench.Backend.Ranking;

/// <summary>Loads the ranks of the scores.</summary>
internal sealed class RankWarmUp(IRankStore ranks, PublishedRanks published, StartupGate gate, TimeProvider time, ILogger<RankWarmUp> logger) : WarmUp(gate, time, logger)
{
    protected override async Task WarmAsync(CancellationToken cancel)
    {
        await published.LookAsync();
        foreach (var kind in WorkloadCatalog.ScoredKinds)
            await ranks.SummaryAsync(Board.Find(Board.NameOf(kind))!, cancel);
    }
}
