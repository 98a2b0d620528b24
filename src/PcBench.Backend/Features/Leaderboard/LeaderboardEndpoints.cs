using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Http;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Leaderboard;

internal static class LeaderboardEndpoints
{
    public static void MapLeaderboard(this RouteGroupBuilder api) =>
        api.MapGet("/leaderboard", GetAsync)
            .WithSummary("A page of a board, best first")
            .WithDescription("Ranks are places among all results of the board, also in a filtered list. Machines that cannot be told apart share their places.")
            .WithTags("Leaderboard");

    private static async Task<Results<Tagged<LeaderboardPage>, ProblemHttpResult>> GetAsync(
        [AsParameters] LeaderboardQuery query, Database database, BoardNumbers numbers, IRankStore ranks, ResultRows rows, CancellationToken cancel)
    {
        var rules = new QueryRules();
        var filter = LeaderboardRules.Check(query, rules);
        if (rules.Errors.Count > 0)
            return Problems.Invalid(rules.Errors);

        var board = filter.Board;
        var listed = await LeaderboardSql.PageAsync(database, numbers.Of(board.Name), filter, cancel);
        var page = listed.Take(filter.Limit).ToList();
        var next = listed.Count > page.Count ? new Cursor(page[^1].Value, page[^1].No).ToString() : null;
        var (total, vendors) = await ranks.SummaryAsync(board, cancel);
        return new Tagged<LeaderboardPage>(new LeaderboardPage(
            board.Name, board.Unit, board.Better, total, await rows.OnBoardAsync(board, page, cancel), next, vendors));
    }
}
