using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using PcBench.Contracts;

namespace PcBench.BrowserTests;

/// <summary>What a person does: measure, look, compare, share, delete.</summary>
public sealed class JourneyTests(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_this_machine_shows_its_processor_and_its_scores()
    {
        var page = await fixture.NewPageAsync();
        var result = await fixture.ResultAsync(fixture.MachineId);

        await page.GotoAsync($"results/{result.Id}");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(result.CpuName);
        result.Scores.Count.ShouldBe(4);
        foreach (var ranked in result.Scores)
            await Assertions.Expect(page.Locator($".score.{Board.NameOf(ranked.Score.Kind)} .value")).ToHaveTextAsync($"{ranked.Score.Value:N0}");
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "result.png"), FullPage = true });
    }

    [Fact]
    public async Task The_leaderboard_leads_to_the_result_and_keeps_its_filters_in_the_address()
    {
        var page = await fixture.NewPageAsync();
        await page.GotoAsync("?board=multi");
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "leaderboard.png"), FullPage = true });

        await page.Locator($"a[href='results/{fixture.MachineId}']").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(fixture.Server.Address, $"results/{fixture.MachineId}").ToString());
        await page.GoBackAsync();

        await Assertions.Expect(page.Locator(".tabs [aria-current=page]")).ToHaveClassAsync("multi");
    }

    [Fact]
    public async Task Two_results_are_compared_with_intervals_and_verdicts()
    {
        var second = await fixture.SubmitSmallResultAsync("public");
        var page = await fixture.NewPageAsync();

        await page.GotoAsync($"compare?ids={fixture.MachineId},{second}");

        await Assertions.Expect(page.Locator(".forest-row").First).ToBeVisibleAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldMatch("faster|slower|not distinguishable");
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "compare.png"), FullPage = true });
    }

    [Fact]
    public async Task The_owner_deletes_a_result_and_it_is_gone_everywhere_at_once()
    {
        var id = await fixture.SubmitSmallResultAsync("public");
        var page = await fixture.NewPageAsync();
        await page.GotoAsync(await fixture.Server.CliAsync("link", id, "--server", fixture.Server.Address.ToString()));
        await Assertions.Expect(page.GetByText("This is your result")).ToBeVisibleAsync();
        page.Url.ShouldNotContain("owner=", Case.Sensitive, "the token stays out of the history and of what is copied");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete this result" }).ClickAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "delete.png") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for ever" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deleted" })).ToBeVisibleAsync();
        using var http = new HttpClient { BaseAddress = fixture.Server.Address };
        (await http.GetAsync(new Uri($"api/v1/results/{id}", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync(new Uri($"api/v1/results/{id}/document", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var address in (string[])["api/v1/exports/results.jsonl", "api/v1/exports/results.csv", "api/v1/leaderboard?board=sort.single", $"api/v1/search?q={id}"])
            (await http.GetStringAsync(new Uri(address, UriKind.Relative), Cancel)).Replace($"\"query\":\"{id}\"", "").ShouldNotContain(id, Case.Sensitive, address);
        (await page.GotoAsync($"results/{id}"))!.Status.ShouldBe(404);
        await Assertions.Expect(page.GetByText("There is no such result")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_private_result_is_seen_by_its_owner_alone_until_he_shares_it()
    {
        var id = await fixture.SubmitSmallResultAsync("private");
        var link = await fixture.Server.CliAsync("link", id, "--server", fixture.Server.Address.ToString());

        var stranger = await fixture.NewPageAsync();
        (await stranger.GotoAsync($"results/{id}"))!.Status.ShouldBe(404);
        await Assertions.Expect(stranger.GetByText("There is no such result")).ToBeVisibleAsync();

        var owner = await fixture.NewPageAsync();
        await owner.GotoAsync(link);
        await Assertions.Expect(owner.GetByText("This is your result")).ToBeVisibleAsync();

        await owner.RouteAsync("**/visibility", route => route.AbortAsync());
        await owner.GetByRole(AriaRole.Radio, new() { Name = "Unlisted" }).ClickAsync();
        await Assertions.Expect(owner.GetByText("That did not work")).ToBeVisibleAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Radio, new() { Name = "Private" })).ToBeCheckedAsync();

        await owner.UnrouteAsync("**/visibility");
        await owner.GetByRole(AriaRole.Radio, new() { Name = "Unlisted" }).CheckAsync();
        await Assertions.Expect(owner.GetByText("Saved. It is now")).ToBeVisibleAsync();

        await stranger.ReloadAsync();
        await Assertions.Expect(stranger.Locator(".workloads").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_restart_keeps_the_data()
    {
        Assert.SkipUnless(fixture.HasBrowser, "The standalone was not started: Chromium is not installed.");
        await using var server = new StandaloneServer();
        await server.StartAsync(bench: false);
        var page = await server.CliAsync("submit", fixture.MachineDocument, "--visibility", "public", "--server", server.Address.ToString());

        await server.RestartAsync();

        using var http = new HttpClient { BaseAddress = server.Address };
        var board = await http.GetFromJsonAsync("api/v1/leaderboard", ApiJson.Default.LeaderboardPage, Cancel);
        board!.Rows.ShouldHaveSingleItem().Id.ShouldBe(new Uri(page).Segments[^1]);
    }
}
