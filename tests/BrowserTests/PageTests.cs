using System.Net;
using Microsoft.Playwright;

namespace PcBench.BrowserTests;

/// <summary>How the pages behave on any screen, in both languages, by keyboard, on a slow line.</summary>
public sealed class PageTests(BrowserFixture fixture)
{
    private const int FirstVisitKiB = 2_320;
    private const int SecondVisitKiB = 100;

    [Theory]
    [InlineData("", "leaderboard")]
    [InlineData("results/{id}", "result")]
    [InlineData("cpus", "cpus")]
    [InlineData("cpus/{cpu}", "cpu")]
    [InlineData("compare?ids={id},{id}", "compare-one")]
    [InlineData("search?q={cpu}", "search")]
    [InlineData("predict?cpu={cpu}", "predict")]
    [InlineData("scoring", "scoring")]
    [InlineData("measure", "measure")]
    [InlineData("nowhere", "nowhere")]
    public async Task Every_page_fits_a_phone_in_the_dark(string address, string name)
    {
        var page = await fixture.NewPageAsync(width: 360, height: 740, scheme: ColorScheme.Dark);
        var errors = ErrorsOf(page);

        var answer = await page.GotoAsync(await fixture.FillAsync(address));
        await SettledAsync(page);

        answer!.Status.ShouldBe(name == "nowhere" ? 404 : 200);
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, $"phone-{name}.png"), FullPage = true });
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, "nothing is wider than the screen");
        (await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme")).ShouldContain("dark");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_numbers_of_an_axis_never_overlap()
    {
        var page = await fixture.NewPageAsync(width: 820);
        foreach (var address in (string[])["", "cpus", $"results/{fixture.MachineId}", "?board=multi"])
        {
            await page.GotoAsync(address);
            await SettledAsync(page);

            (await page.EvaluateAsync<int>("""
                [...document.querySelectorAll(".axis")].filter(axis => {
                  const boxes = [...axis.querySelectorAll("text")].map(text => text.getBoundingClientRect()).filter(box => box.width > 0);
                  return boxes.some((box, i) => i > 0 && box.left < boxes[i - 1].right);
                }).length
                """)).ShouldBe(0, address);
        }
    }

    [Fact]
    public async Task What_no_page_answers_is_refused_in_the_words_of_the_api()
    {
        Assert.SkipUnless(fixture.HasBrowser, "The standalone was not started: Chromium is not installed.");
        using var http = new HttpClient { BaseAddress = fixture.Server.Address };

        using var wrongVerb = await http.PatchAsync(new Uri("api/v1/leaderboard", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, ""), TestContext.Current.CancellationToken);

        wrongVerb.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        wrongVerb.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_Russian_visitor_reads_Russian_and_may_switch()
    {
        var page = await fixture.NewPageAsync(locale: "ru-RU");
        await page.GotoAsync($"results/{fixture.MachineId}");
        await SettledAsync(page);

        (await page.GetAttributeAsync("html", "lang")).ShouldBe("ru");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Рейтинг" }).First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "result-ru.png"), FullPage = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Leaderboard" }).First).ToBeVisibleAsync();
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("en");
    }

    [Fact]
    public async Task Something_is_painted_before_the_runtime_has_loaded()
    {
        var page = await fixture.NewPageAsync();
        await page.RouteAsync("**/_framework/**", route => route.AbortAsync());

        await page.GotoAsync("");

        await Assertions.Expect(page.GetByText("PcBench").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "before-runtime.png") });
    }

    [Fact]
    public async Task The_first_visit_is_light_and_the_second_costs_next_to_nothing()
    {
        var page = await fixture.NewPageAsync();
        var first = await BytesOfVisitAsync(page);
        var second = await BytesOfVisitAsync(page);

        TestContext.Current.SendDiagnosticMessage("first visit {0} KiB, second {1} KiB", first / 1024, second / 1024);
        (first / 1024).ShouldBeInRange(1_000, FirstVisitKiB, "the runtime is in it, and the budget holds");
        (second / 1024).ShouldBeLessThanOrEqualTo(SecondVisitKiB);
    }

    [Theory]
    [InlineData("results/{id}", ".workloads")]
    [InlineData("docs/", "text=PcBench API")]
    public async Task A_page_asks_its_own_server_alone(string address, string loaded)
    {
        var page = await fixture.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await page.GotoAsync(await fixture.FillAsync(address));
        await Assertions.Expect(page.Locator(loaded).First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        asked.ShouldNotBeEmpty();
        asked.Where(url => !url.StartsWith(fixture.Server.Address.ToString(), StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        var page = await fixture.NewPageAsync();
        await page.GotoAsync("");
        await SettledAsync(page);

        await page.Keyboard.PressAsync("Tab");
        while (await page.EvaluateAsync<string>("document.activeElement.className") != "skip")
            await page.Keyboard.PressAsync("Shift+Tab"); // focus begins at the heading: the link stands before it
        await page.Keyboard.PressAsync("Enter");

        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("main");
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_so_with_a_way_back()
    {
        var page = await fixture.NewPageAsync();
        await page.RouteAsync("**/api/v1/leaderboard**", route => route.AbortAsync());
        await page.GotoAsync("");
        var retry = page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await Assertions.Expect(retry).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "away.png") });

        await page.UnrouteAsync("**/api/v1/leaderboard**");
        await retry.ClickAsync();

        await Assertions.Expect(page.Locator("table tbody tr").First).ToBeVisibleAsync();
    }

    /// <summary>Waits until the page has its answer: no skeleton, nothing busy.</summary>
    private static async Task SettledAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
    }

    private static List<string> ErrorsOf(IPage page)
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        return errors;
    }

    /// <summary>Bytes over the network for a visit of the leaderboard, as Chromium counts them: compressed, with headers.</summary>
    private static async Task<long> BytesOfVisitAsync(IPage page)
    {
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        long bytes = 0;
        network.Event("Network.loadingFinished").OnEvent += (_, finished) => Interlocked.Add(ref bytes, (long)finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await page.GotoAsync("");
        await SettledAsync(page);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await network.DetachAsync();
        return bytes;
    }
}
