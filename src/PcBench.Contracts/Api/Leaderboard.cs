using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /api/v1/leaderboard</c>.</summary>
/// <param name="Board">A score kind (<c>single</c>, <c>multi</c>, <c>memory</c>, <c>storage</c>) or a workload id.</param>
/// <param name="Unit">Unit of the values; <c>points</c> for scores.</param>
/// <param name="Better">Which direction is better; rows come best first.</param>
/// <param name="Total">Results on the board, before the filters.</param>
/// <param name="Rows">Rows, best first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
/// <param name="Vendors">CPU vendors that are on the board, for the filter.</param>
public sealed record LeaderboardPage(
    string Board, string Unit, Better Better, long Total, IReadOnlyList<LeaderboardRow> Rows, string? Next, IReadOnlyList<string> Vendors);

/// <summary>One result on a board.</summary>
/// <param name="Id">Id of the result.</param>
/// <param name="Rank">Place among all results of the board (not of the filtered list).</param>
/// <param name="Value">Score or figure.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="CpuId">Id of the CPU model's page.</param>
/// <param name="CpuName">CPU model for people.</param>
/// <param name="Vendor">CPU vendor.</param>
/// <param name="Cores">Physical cores.</param>
/// <param name="Threads">Logical processors.</param>
/// <param name="MemoryMib">Main memory in MiB.</param>
/// <param name="Os">Operating system family.</param>
/// <param name="Virtual">Whether it ran under a hypervisor.</param>
/// <param name="MeasuredAt">When it was measured, UTC.</param>
public sealed record LeaderboardRow(
    string Id,
    RankInterval Rank,
    double Value,
    double Low,
    double High,
    string CpuId,
    string CpuName,
    string Vendor,
    int Cores,
    int Threads,
    int MemoryMib,
    OsFamily Os,
    bool Virtual,
    DateTimeOffset MeasuredAt)
{
    /// <summary>The board that rank and value are of, in lists that mix boards; absent on a board's own page.</summary>
    public string? Board { get; init; }
}
