using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class LeaderboardTests
{
    [Theory, EveryStore]
    public async Task Pages_have_every_row_once_in_order_also_where_values_are_equal(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var chance = new Random(1);
        for (var i = 0; i < 60; i++)
            await http.SubmitAsync(new ResultBuilder { Speed = 1 + chance.Next(4) });
        var numbers = app.Services.GetRequiredService<BoardNumbers>();
        var rounded = string.Join(", ", numbers.All.Select(no => $"v{no} = round(v{no})"));
        await app.SettledAsync();
        await app.Database.WriteAsync(
            (write, cancel) => write.Sql($"update {Standing.SortedIn(write.Dialect)} set {rounded}").ExecuteAsync(cancel), CancellationToken.None);

        foreach (var board in new[] { "single", "memory-latency" })
        {
            var rows = await AllRowsAsync(http, $"board={board}&limit=7");

            rows.Select(row => row.Id).Distinct().Count().ShouldBe(60);
            var better = Board.Find(board)!.Better;
            rows.Zip(rows.Skip(1)).ShouldAllBe(pair => better == Better.Higher ? pair.First.Value >= pair.Second.Value : pair.First.Value <= pair.Second.Value);
        }
    }

    [Theory, EveryStore]
    public async Task Machines_that_cannot_be_told_apart_share_their_places(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        foreach (var speed in new[] { 3, 1, 1.001, 0.5 })
            await http.SubmitAsync(new ResultBuilder { Speed = speed });

        foreach (var board in new[] { "single", "memory-latency" })
        {
            await app.SoonAsync(async () => (await AllRowsAsync(http, $"board={board}"))
                .Select(row => row.Rank).ShouldBe([new(1, 1, 4), new(2, 3, 4), new(2, 3, 4), new(4, 4, 4)]));
        }
    }

    [Theory]
    [EveryStore("vendor=Intel", 1)]
    [EveryStore("cpu=amd-ryzen-9-7950x", 2)]
    [EveryStore("cpu=no-such-model", 0)]
    [EveryStore("cores=4", 1)]
    [EveryStore("cores=5-64", 2)]
    [EveryStore("os=windows", 1)]
    [EveryStore("virtual=true", 1)]
    [EveryStore("virtual=false", 2)]
    [EveryStore("since=2026-05-02", 1)]
    [EveryStore("until=2026-05-01", 2)]
    [EveryStore("vendor=AMD&os=linux&virtual=false&cores=16-16&since=2026-01-01&until=2026-12-31", 1)]
    public async Task Filters_leave_out_rows_and_keep_the_places(Store store, string filter, int count)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder { Speed = 3 });
        await http.SubmitAsync(new ResultBuilder { Speed = 2, Os = OsFamily.Windows, Hypervisor = "KVM" });
        await http.SubmitAsync(new ResultBuilder { Cpu = "Intel Core i7-2600", Vendor = "Intel", Cores = 4, MeasuredAt = new(2026, 5, 2, 0, 0, 0, TimeSpan.Zero) });

        await app.SoonAsync(async () =>
        {
            var page = await http.GetAsync($"/api/v1/leaderboard?{filter}", ApiJson.Default.LeaderboardPage);
            page.Rows.Count.ShouldBe(count);
            page.Total.ShouldBe(3);
            page.Vendors.ShouldBe(["AMD", "Intel"]);
            page.Rows.ShouldAllBe(row => row.Rank.From == (row.Vendor == "Intel" ? 3 : row.Virtual ? 2 : 1));
        });
    }

    [Theory]
    [InlineData("board=speed", "board")]
    [InlineData("cores=many", "cores")]
    [InlineData("cores=16-8", "cores")]
    [InlineData("cores=-8", "cores")]
    [InlineData("os=Linux", "os")]
    [InlineData("virtual=yes", "virtual")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=2026-02-01&until=2026-01-01", "until")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=1e2", "limit")]
    [InlineData("after=AAAA", "after")]
    [InlineData("after=f_gAAAAAAAAAAAAAAAAAAA", "after")]
    [InlineData("vendor=A%00MD", "vendor")]
    [InlineData("cpu=%1B%5B2J", "cpu")]
    [InlineData("vendors=AMD", "vendors")]
    [InlineData("vendor=AMD&vendor=Intel", "vendor")]
    public async Task A_query_that_cannot_be_meant_is_refused_with_the_field_and_the_fix(string query, string field)
    {
        await using var app = new BackendApp();

        using var response = await app.CreateClient().GetAsync($"/api/v1/leaderboard?{query}", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Fix.ShouldNotBeEmpty();
    }

    [Theory, EveryStore]
    public async Task An_unchanged_page_costs_no_body_and_a_changed_one_is_sent(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder());
        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(1));
        using var first = await http.GetAsync("/api/v1/leaderboard", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        (await http.StatusAsync("/api/v1/leaderboard")).ShouldBe(HttpStatusCode.NotModified);
        await http.SubmitAsync(new ResultBuilder());
        (await http.StatusAsync("/api/v1/leaderboard")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<List<LeaderboardRow>> AllRowsAsync(HttpClient http, string query)
    {
        var rows = new List<LeaderboardRow>();
        for (string? after = ""; after is not null;)
        {
            var page = await http.GetAsync($"/api/v1/leaderboard?{query}{after}", ApiJson.Default.LeaderboardPage);
            rows.AddRange(page.Rows);
            after = page.Next is null ? null : $"&after={page.Next}";
        }

        return rows;
    }
}
