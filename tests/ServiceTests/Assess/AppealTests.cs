extern alias backend;
using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Commands;
using PcBench.Backend.Features.Assessments;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.ServiceTests.Builders;
using ExitCodes = backend::PcBench.Shared.ExitCodes;
using Output = backend::PcBench.Shared.Output;

namespace PcBench.ServiceTests.Assess;

/// <summary>What an owner can do about a flag, and what an administrator decides.</summary>
public sealed class AppealTests
{
    private const string AdminKey = "0123456789abcdef0123456789abcdef";
    private const string Text = "The cooler is a large one, and the clock is raised.";

    private readonly ResultBuilder cheat = new() { Speed = 2 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task An_accepted_appeal_ranks_the_result_at_once_and_outlives_a_new_assessment(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true, ("Admin:Key", AdminKey));
        var http = app.CreateClient();
        var id = await FlaggedAsync(app, http);

        (await AppealAsync(http, id, cheat.Key.TokenFor(id))).ShouldBe(HttpStatusCode.NoContent);
        (await AppealAsync(http, id, cheat.Key.TokenFor(id))).ShouldBe(HttpStatusCode.Conflict);
        var waiting = (await AdminGetAsync(http, "/api/v1/admin/appeals", AdminKey)).Appeals.ShouldHaveSingleItem();
        (waiting.ResultId, waiting.Text, waiting.Assessment!.Fit).ShouldBe((id, Text, Fit.Flagged));

        (await DecideAsync(http, id, accepted: true, "seen in the samples")).ShouldBe(HttpStatusCode.NoContent);
        await RankedAsync(app, http, 7);
        await app.Services.GetRequiredService<Assessments>().AssessAsync(id, Cancel);
        await app.SettledAsync();
        await RankedAsync(app, http, 7);
        var mine = await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView, cheat.Key.TokenFor(id));
        (mine.Assessment!.Fit, mine.Appeal!.Text, mine.Appeal.Decision!.Accepted, mine.Appeal.Decision.Reason, mine.Appeal.Decision.By)
            .ShouldBe((Fit.Flagged, Text, true, "seen in the samples", null));
        (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Appeal!.Text.ShouldBeNull();

        (await DecideAsync(http, id, accepted: false, "looked again")).ShouldBe(HttpStatusCode.NoContent);
        await RankedAsync(app, http, 6);
        var decided = (await AdminGetAsync(http, "/api/v1/admin/appeals?all=true", AdminKey)).Appeals.ShouldHaveSingleItem().Decisions;
        decided.Select(decision => (decision.Accepted, decision.By)).ShouldBe([(false, "anna"), (true, "anna")]);
        (await AdminGetAsync(http, "/api/v1/admin/appeals", AdminKey)).Appeals.ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Only_the_owner_appeals_only_against_a_flag_and_deleting_takes_all_of_it_away(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true, ("Admin:Key", AdminKey));
        var http = app.CreateClient();
        var id = await FlaggedAsync(app, http);
        var fine = new ResultBuilder { Cpu = "Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz", Vendor = "Intel", Cores = 4 };
        var other = await http.SubmitAsync(fine);

        (await AppealAsync(http, id, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await AppealAsync(http, id, fine.Key.TokenFor(id))).ShouldBe(HttpStatusCode.Forbidden);
        (await AppealAsync(http, other, fine.Key.TokenFor(other))).ShouldBe(HttpStatusCode.Conflict);
        (await AppealAsync(http, id, cheat.Key.TokenFor(id), "short")).ShouldBe(HttpStatusCode.BadRequest);
        (await DecideAsync(http, id, true, "no appeal")).ShouldBe(HttpStatusCode.NotFound);
        (await AppealAsync(http, id, cheat.Key.TokenFor(id))).ShouldBe(HttpStatusCode.NoContent);
        (await DecideAsync(http, id, true, "good")).ShouldBe(HttpStatusCode.NoContent);

        (await http.DeleteResultAsync(id, cheat.Key.TokenFor(id))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await app.CountAsync("appeal") + await app.CountAsync("decision")).ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_key_nobody_reads_or_decides_appeals()
    {
        await using var keyless = new BackendApp();
        await using var app = new BackendApp { Settings = new Dictionary<string, string> { ["Admin:Key"] = AdminKey } };

        (await StatusAsync(keyless.CreateClient(), null)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(keyless.CreateClient(), "")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(app.CreateClient(), null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app.CreateClient(), AdminKey[..^1] + "0")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app.CreateClient(), AdminKey)).ShouldBe(HttpStatusCode.OK);

        static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? key)
        {
            using var response = await AdminAsync(http, HttpMethod.Get, "/api/v1/admin/appeals", key);
            return response.StatusCode;
        }
    }

    [Theory, EveryStore]
    public async Task An_administrator_decides_on_the_command_line(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true);
        var http = app.CreateClient();
        var id = await FlaggedAsync(app, http);
        await AppealAsync(http, id, cheat.Key.TokenFor(id));

        (await RunAsync(app, "list")).Text.ShouldContain(id);
        (await RunAsync(app, $"accept {id} --reason good --by anna")).ShouldBe((ExitCodes.Ok, id + "\n"));
        await RankedAsync(app, http, 7);
        (await RunAsync(app, "list")).Text.ShouldNotContain(id);
        (await RunAsync(app, "list --all --json")).Text.ShouldContain("\"by\":\"anna\"");
        (await RunAsync(app, "reject 0123456789abcdefghjk --reason none")).Code.ShouldBe(ExitCodes.NotFound);
    }

    private static async Task<(int Code, string Text)> RunAsync(BackendApp app, string words)
    {
        using var data = new MemoryStream();
        var command = AppealsCommand.Create(
            async work =>
            {
                await work(app.Services);
                return ExitCodes.Ok;
            },
            new Output(data, TextWriter.Null));
        var code = await new RootCommand { command }.Parse($"appeals {words}").InvokeAsync(cancellationToken: Cancel);
        return (code, Encoding.UTF8.GetString(data.ToArray()));
    }

    private async Task<string> FlaggedAsync(BackendApp app, HttpClient http)
    {
        for (var i = 0; i < 6; i++)
            await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(cheat);
        await Client.UntilAsync(async () => (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Assessment?.Fit == Fit.Flagged);
        await RankedAsync(app, http, 6);
        return id;
    }

    private static Task RankedAsync(BackendApp app, HttpClient http, int count) => app.SoonAsync(async () =>
        (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(count));

    private static async Task<HttpStatusCode> AppealAsync(HttpClient http, string id, string? token, string text = Text)
    {
        using var response = await http.SendAsync(
            HttpMethod.Post, $"/api/v1/results/{id}/appeal", token, new StringContent($$"""{"text":"{{text}}"}""", MediaTypeHeaderValue.Parse("application/json")));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> DecideAsync(HttpClient http, string id, bool accepted, string reason)
    {
        using var response = await AdminAsync(
            http, HttpMethod.Post, $"/api/v1/admin/appeals/{id}/decision", AdminKey, $$"""{"accepted":{{(accepted ? "true" : "false")}},"reason":"{{reason}}","by":"anna"}""");
        return response.StatusCode;
    }

    private static async Task<AppealList> AdminGetAsync(HttpClient http, string address, string key)
    {
        using var response = await AdminAsync(http, HttpMethod.Get, address, key);
        return await response.ReadAsync(ApiJson.Default.AppealList);
    }

    private static Task<HttpResponseMessage> AdminAsync(HttpClient http, HttpMethod method, string address, string? key, string? body = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body, MediaTypeHeaderValue.Parse("application/json")) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return http.SendAsync(request, Cancel);
    }
}
