using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Ranking;

public sealed class StandingSorterTests
{
    [Fact]
    public async Task A_board_is_one_list_while_some_of_its_rows_wait_for_their_indexes()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        var http = app.CreateClient();
        for (var i = 1; i <= 12; i++)
            await http.SubmitAsync(new ResultBuilder { Speed = 1 + 0.1 * i, Cores = 2 + i % 3 });
        await app.SettledAsync();
        await app.Database.WriteAsync(
            async (write, cancel) =>
            {
                // Nothing can be moved while this is held; reading and submitting go on.
                await write.Sql("lock table standing_sorted in share row exclusive mode").ExecuteAsync(cancel);
                for (var i = 0; i < 12; i++)
                    await http.SubmitAsync(new ResultBuilder { Speed = 1.05 + 0.1 * i, Cores = 4 + i % 3 });
                (await app.CountAsync("standing_fresh")).ShouldBe(12);

                foreach (var filter in (string[])["", "&cores=2-64"])
                {
                    await app.SoonAsync(async () =>
                    {
                        var board = await http.GetAsync("/api/v1/leaderboard?board=single&limit=100" + filter, ApiJson.Default.LeaderboardPage);
                        board.Rows.Count.ShouldBe(24);
                        board.Rows.Zip(board.Rows.Skip(1)).ShouldAllBe(pair => pair.First.Value > pair.Second.Value);
                    });
                }
                return true;
            },
            TestContext.Current.CancellationToken);

        await app.SettledAsync();
        (await app.CountAsync("standing_sorted")).ShouldBe(24);
    }

    [Fact]
    public async Task While_submissions_come_no_more_rows_are_moved_than_readers_would_notice()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        app.CreateClient().Dispose();
        using var submission = app.Services.GetRequiredService<SubmissionPace>().Begin();
        await app.Database.Sql($"""
            insert into standing_fresh (result_no, cpu_no, vendor, cores, os, virtual, measured_at)
            select i, 1, 'Vendor', 4, 0, 0, 0 from generate_series(1, {StandingSorter.MayWait + 100}) i
            """).ExecuteAsync(TestContext.Current.CancellationToken);

        await Client.UntilAsync(async () => await app.CountAsync("standing_fresh") < StandingSorter.MayWait);

        (await app.CountAsync("standing_fresh")).ShouldBeGreaterThan(StandingSorter.MayWait - 100);
        (await app.CountAsync("standing")).ShouldBe(StandingSorter.MayWait + 100);
    }

    [Fact]
    public async Task A_result_that_is_deleted_while_its_row_is_moved_is_in_neither_place()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        var http = app.CreateClient();
        for (var i = 0; i < 20; i++)
        {
            var result = new ResultBuilder { Speed = 1 + 0.1 * i };
            var id = await http.SubmitAsync(result);
            using var answer = await http.DeleteResultAsync(id, result.Key.TokenFor(id));
            answer.EnsureSuccessStatusCode();
            (await app.CountAsync("standing")).ShouldBe(0);
        }
    }
}
