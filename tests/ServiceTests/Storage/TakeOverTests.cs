using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Storage;

/// <summary>An embedded store that the first release made, with a row for each value of a result.</summary>
public sealed class TakeOverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-earlier-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_store_of_the_first_release_has_the_same_boards_ranks_and_assessments_today()
    {
        var results = Enumerable.Range(0, 12).Select(i => new ResultBuilder
        {
            Speed = 1 + i % 5 * 0.1,
            Cpu = i % 2 == 0 ? "AMD Ryzen 9 7950X" : "Intel Core i7-2600",
            Vendor = i % 2 == 0 ? "AMD" : "Intel",
            Only = workload => i % 3 != 0 || workload.Id.EndsWith(".single", StringComparison.Ordinal),
        }).ToList();
        var (flagged, hidden) = (new ResultBuilder { Speed = 9, Cpu = "Cheat 1" }, new ResultBuilder { Speed = 8 });
        await using (var store = new EarlierStore(Path.Combine(folder, "pcbench.db")))
        {
            await store.CreateAsync();
            foreach (var result in results)
                await store.AddAsync(result, Visibility.Public, Fit.Fits);
            await store.AddAsync(flagged, Visibility.Public, Fit.Flagged);
            await store.AddAsync(hidden, Visibility.Private, null);
        }

        // What today's version makes of the same results when it gets them itself.
        await using var anew = new BackendApp();
        var expected = anew.CreateClient();
        var ids = new List<string>();
        foreach (var result in results)
            ids.Add(await expected.SubmitAsync(result));

        await using var app = new BackendApp { Folder = folder };
        var http = app.CreateClient();
        foreach (var address in Board.All.Select(board => $"/api/v1/leaderboard?board={board.Name}").Append("/api/v1/cpus").Append("/api/v1/cpus/intel-core-i7-2600").Append("/api/v1/search?q=ryzen"))
            (await TextAsync(http, address)).ShouldBe(await TextAsync(expected, address), address);
        foreach (var id in ids)
        {
            var (view, of) = (await ViewAsync(http, id), await ViewAsync(expected, id));
            view.Scores.ShouldBe(of.Scores);
            view.Assessment!.Fit.ShouldBe(Fit.Fits);
        }

        var excluded = await ViewAsync(http, IdOf(flagged));
        (excluded.Assessment!.Fit, excluded.Assessment.Peers).ShouldBe((Fit.Flagged, 7));
        excluded.Scores.ShouldAllBe(score => score.Rank == null);
        (await http.GetAsync($"/api/v1/results/{IdOf(hidden)}", ApiJson.Default.ResultView, hidden.Key.TokenFor(IdOf(hidden)))).Assessment.ShouldBeNull();

        // It goes on from there.
        (await http.SetVisibilityAsync(IdOf(hidden), "public", hidden.Key.TokenFor(IdOf(hidden)))).Dispose();
        (await http.DeleteResultAsync(ids[0], results[0].Key.TokenFor(ids[0]))).Dispose();
        var board = await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage);
        (board.Total, board.Rows[0].Id).ShouldBe((12, IdOf(hidden)));
    }

    private static string IdOf(ResultBuilder result) => SignedContent.Of(result.Signed()).Id;

    private static Task<string> TextAsync(HttpClient http, string address) => http.GetStringAsync(address, TestContext.Current.CancellationToken);

    private static Task<ResultView> ViewAsync(HttpClient http, string id) => http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView);
}
