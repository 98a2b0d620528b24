using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Ranking;

/// <summary>An interval on a board.</summary>
internal readonly record struct RankedInterval(double Low, double High);

/// <summary>A value that enters or leaves a board.</summary>
internal sealed record RankChange(string Board, string Vendor, double Low, double High, bool Enters);

/// <summary>What a board holds.</summary>
/// <param name="Total">Results on it.</param>
/// <param name="Vendors">CPU vendors of these results, in order.</param>
internal sealed record BoardSummary(long Total, IReadOnlyList<string> Vendors);

/// <summary>Places on boards. All of it can be built again from the table of values.</summary>
internal interface IRankStore
{
    ValueTask<BoardSummary> SummaryAsync(Board board, CancellationToken cancel);

    /// <summary>The places of these intervals, in order, whether they are on the board themselves or not.</summary>
    ValueTask<IReadOnlyList<RankInterval>> RanksAsync(Board board, IReadOnlyList<RankedInterval> values, CancellationToken cancel);

    /// <summary>Takes over what a transaction changed; called after its commit and before the next one's.</summary>
    ValueTask ApplyAsync(IReadOnlyList<RankChange> changes);
}
