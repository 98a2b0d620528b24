using System.Collections.Concurrent;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Ranks in this process's memory, read from the store board by board when somebody first asks, and kept up by every
/// commit after that: 16 bytes a result and board.
/// </summary>
internal sealed class MemoryRanks(Database database, BoardNumbers numbers) : IRankStore
{
    internal const string Values = "select vendor, low, high from board_value where board_no = @board";

    private readonly ConcurrentDictionary<string, BoardRanks> boards = new();

    public async ValueTask<BoardSummary> SummaryAsync(Board board, CancellationToken cancel) =>
        (await RanksOfAsync(board, cancel)).Summary();

    public async ValueTask<IReadOnlyList<RankInterval>> RanksAsync(Board board, IReadOnlyList<RankedInterval> values, CancellationToken cancel) =>
        (await RanksOfAsync(board, cancel)).RanksOf(values);

    public ValueTask ApplyAsync(IReadOnlyList<RankChange> changes)
    {
        foreach (var change in changes)
        {
            if (boards.TryGetValue(change.Board, out var ranks))
                ranks.Apply(change);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<BoardRanks> RanksOfAsync(Board board, CancellationToken cancel)
    {
        if (boards.TryGetValue(board.Name, out var known))
            return known;

        // While nothing is written, for a commit between reading and adding would be counted twice or not at all.
        await database.ReadExclusivelyAsync(async token =>
        {
            if (boards.ContainsKey(board.Name))
                return;
            var values = await database.Sql(Values).With("board", numbers.Of(board.Name))
                .ListAsync(row => (string.Intern(row.GetString(0)), new RankedInterval(row.GetDouble(1), row.GetDouble(2))), token);
            boards[board.Name] = new BoardRanks(board.Better, values);
        }, cancel);
        return boards[board.Name];
    }
}
