using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>Places on boards. All of it can be counted again from the standings.</summary>
internal interface IRankStore
{
    ValueTask<BoardSummary> SummaryAsync(Board board, CancellationToken cancel);

    /// <summary>The places of these intervals, in order, whether they are on the board themselves or not.</summary>
    ValueTask<IReadOnlyList<RankInterval>> RanksAsync(Board board, IReadOnlyList<RankedInterval> values, CancellationToken cancel);

    /// <summary>Takes note, in their own transaction, of results that began or ceased to count.</summary>
    Task NoteAsync(Write write, IReadOnlyCollection<StandingChange> changes, CancellationToken cancel);
}
