using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Ranking;

public sealed class RankTests
{
    private static readonly string[] Boards = ["single", "memory", "sort.multi", "memory-latency"];

    [Theory, EveryStore]
    public async Task Ranks_equal_a_naive_recount_after_random_changes(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var chance = new Random(3);
        var results = new List<(string Id, ResultBuilder Builder)>();
        for (var i = 0; i < 120; i++)
        {
            var visibility = new[] { "private", "unlisted", "public", "public" }[chance.Next(4)];
            if (results.Count > 0 && chance.Next(4) == 0)
            {
                var (id, builder) = results[chance.Next(results.Count)];
                (await http.SetVisibilityAsync(id, visibility, builder.Key.TokenFor(id))).Dispose();
            }
            else if (results.Count > 0 && chance.Next(5) == 0)
            {
                var at = chance.Next(results.Count);
                (await http.DeleteResultAsync(results[at].Id, results[at].Builder.Key.TokenFor(results[at].Id))).Dispose();
                results.RemoveAt(at);
            }
            else
            {
                var builder = new ResultBuilder { Speed = 1 + chance.Next(20) * 0.02, Vendor = chance.Next(2) == 0 ? "AMD" : "Intel" };
                results.Add((await http.SubmitAsync(builder, visibility), builder));
            }

            if (i % 40 == 39)
                await app.SoonAsync(() => ShouldEqualRecountAsync(http));
        }

        // What was built up change by change equals what is read from the store by a new process.
        app.Services.GetRequiredService<FolderLock>().Dispose(); // as its end would
        await using var another = app.Replica();
        var again = another.CreateClient();
        foreach (var board in Boards)
        {
            var address = $"/api/v1/leaderboard?board={board}&limit=100";
            await app.SoonAsync(async () => (await again.GetStringAsync(address, TestContext.Current.CancellationToken))
                .ShouldBe(await http.GetStringAsync(address, TestContext.Current.CancellationToken)));
        }
    }

    /// <summary>What the API says of all results of some boards, at most 100, is what counting them one by one says.</summary>
    internal static async Task ShouldEqualRecountAsync(HttpClient http)
    {
        foreach (var board in Boards)
        {
            var page = await http.GetAsync($"/api/v1/leaderboard?board={board}&limit=100", ApiJson.Default.LeaderboardPage);
            page.Total.ShouldBe(page.Rows.Count);
            page.Vendors.ShouldBe(page.Rows.Select(row => row.Vendor).Distinct().Order());
            page.Rows.ShouldAllBe(row => row.Rank == Recount(page.Rows, row, page.Better));
        }
    }

    private static RankInterval Recount(IReadOnlyList<LeaderboardRow> all, LeaderboardRow row, Better better) => better == Better.Higher
        ? new RankInterval(1 + all.Count(other => Begin(other) > End(row)), all.Count(other => End(other) >= Begin(row)), all.Count)
        : new RankInterval(1 + all.Count(other => End(other) < Begin(row)), all.Count(other => Begin(other) <= End(row)), all.Count);

    private static int Begin(LeaderboardRow row) => RankGrid.Floor(row.Low);

    private static int End(LeaderboardRow row) => RankGrid.Ceiling(row.High);
}
