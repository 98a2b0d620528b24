using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.Playwright;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.BrowserTests;

/// <summary>What a person sees of predictions and flags, and does about them.</summary>
public sealed class AppealTests(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flagged_result_says_why_and_its_owner_appeals_until_an_administrator_lets_it_count()
    {
        var page = await fixture.NewPageAsync();
        using var key = fixture.Server.OwnerKey();
        var id = await fixture.SubmitChangedResultAsync(measured => measured.Id == "sort.multi" ? measured with { Samples = [.. measured.Samples.Select(sample => sample * 4)] } : measured, key);
        await BrowserFixture.UntilAsync(async () => (await fixture.ResultAsync(id)).Assessment?.Fit == Fit.Flagged);
        (await IsRankedAsync(id)).ShouldBeFalse();

        await page.GotoAsync(await fixture.Server.CliAsync("link", id, "--server", fixture.Server.Address.ToString()));
        await Assertions.Expect(page.GetByText("times the figure of “Sorting, one thread”, but only").First).ToBeVisibleAsync();
        await page.GetByLabel("Why the flag is wrong").FillAsync("Somebody multiplied it by four to see what happens.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the appeal" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It waits for a decision.")).ToBeVisibleAsync();

        using var http = new HttpClient { BaseAddress = fixture.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", StandaloneServer.AdminKey) } };
        using var decided = await http.PostAsJsonAsync($"api/v1/admin/appeals/{id}/decision", new DecisionRequest(true, "Seen and let through.", "anna"), ApiJson.Default.DecisionRequest, Cancel);
        decided.IsSuccessStatusCode.ShouldBeTrue(await decided.Content.ReadAsStringAsync(Cancel));

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Accepted: the result counts in spite of its flag.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Seen and let through.")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "appeal.png"), FullPage = true });
        await BrowserFixture.UntilAsync(() => IsRankedAsync(id));
    }

    [Fact]
    public async Task The_form_says_what_a_machine_should_score_and_draws_the_interval()
    {
        var page = await fixture.NewPageAsync();
        var machine = await fixture.ResultAsync(fixture.MachineId);
        for (var i = 1; i <= 5; i++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await fixture.SubmitChangedResultAsync(measured => measured with { Samples = [.. measured.Samples.Select(sample => sample * (1 + (0.001 * i)))] }, key);
        }

        await BrowserFixture.UntilAsync(() => IsPredictedAsync(new Hardware { CpuModel = machine.CpuName, Threads = machine.Machine.Cpu.Threads }));

        await page.GotoAsync("predict");
        await page.GetByLabel("Processor").FillAsync(machine.CpuName);
        await page.GetByLabel("Threads").FillAsync($"{machine.Machine.Cpu.Threads}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();

        await Assertions.Expect(page.Locator(".predictions .interval-bar").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".notes")).ToContainTextAsync("No model is active");
        page.Url.ShouldContain($"threads={machine.Machine.Cpu.Threads}");
        await page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, "predict.png"), FullPage = true });
    }

    private async Task<bool> IsPredictedAsync(Hardware hardware)
    {
        using var http = new HttpClient { BaseAddress = fixture.Server.Address };
        using var answer = await http.PostAsJsonAsync("api/v1/predict", new PredictRequest(hardware), ApiJson.Default.PredictRequest, Cancel);
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.Prediction, Cancel))!.Metrics.Any(metric => metric.Median is not null);
    }

    private async Task<bool> IsRankedAsync(string id)
    {
        using var http = new HttpClient { BaseAddress = fixture.Server.Address };
        return (await http.GetFromJsonAsync("api/v1/leaderboard?board=sort.multi", ApiJson.Default.LeaderboardPage, Cancel))!.Rows.Any(row => row.Id == id);
    }
}
