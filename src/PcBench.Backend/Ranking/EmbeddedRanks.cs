using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Ranks of the one process that has the store: counted when somebody first asks, and kept up by every commit after that.
/// </summary>
internal sealed class EmbeddedRanks(Database database, BoardNumbers numbers, Outbox outbox) : IRankStore
{
    private const string CountCpu = "update cpu set results = results + @by where no = @cpu";

    private RankCounts? counts;

    public async ValueTask<BoardSummary> SummaryAsync(Board board, CancellationToken cancel) =>
        (await CountsAsync(cancel)).Of(board).Summary();

    public async ValueTask<IReadOnlyList<RankInterval>> RanksAsync(Board board, IReadOnlyList<RankedInterval> values, CancellationToken cancel) =>
        (await CountsAsync(cancel)).Of(board).RanksOf(values);

    public async Task NoteAsync(Write write, IReadOnlyCollection<StandingChange> changes, CancellationToken cancel)
    {
        foreach (var change in changes)
            await write.Sql(CountCpu).With("cpu", change.CpuNo).With("by", change.By).ExecuteAsync(cancel);
        await outbox.AddAsync(write, EventTypes.RankingChanged, "ranks", "{}", cancel);
        write.OnCommitted(() =>
        {
            foreach (var change in changes)
                counts?.Apply(change);
        });
    }

    private async ValueTask<RankCounts> CountsAsync(CancellationToken cancel)
    {
        if (counts is { } known)
            return known;

        // While nothing is written, for a commit between reading and keeping would be counted twice or not at all.
        await database.ReadExclusivelyAsync(async token => counts ??= await RankCounts.ReadAsync(database.Sql, numbers, token), cancel);
        return counts!;
    }
}
