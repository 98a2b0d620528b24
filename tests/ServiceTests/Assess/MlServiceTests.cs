using System.Net;
using System.Text;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Telemetry;

namespace PcBench.ServiceTests.Assess;

/// <summary>The backend and a real ml-service, which may come and go.</summary>
public sealed class MlServiceTests
{
    [Theory, EveryStore]
    public async Task A_result_is_assessed_by_the_ml_service_and_leaves_the_boards_when_flagged(Store store)
    {
        using var ml = await MlProcess.StartAsync();
        await using var app = await BackendApp.OnAsync(store, settings: ("Ml:Url", ml.Address.ToString()));
        var http = app.CreateClient();
        for (var i = 0; i < 6; i++)
            await http.SubmitAsync(new ResultBuilder());

        var id = await http.SubmitAsync(new ResultBuilder { Speed = 2 });

        await Client.UntilAsync(async () => (await ViewAsync(http, id)).Assessment?.Fit == Fit.Flagged);
        (await ViewAsync(http, id)).Assessment!.Findings.ShouldNotBeEmpty();
        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(6));
    }

    [Theory, EveryStore]
    public async Task While_it_is_away_results_are_taken_and_assessed_when_it_is_back(Store store)
    {
        var address = $"http://127.0.0.1:{MlProcess.FreePort()}";
        var first = await MlProcess.StartAsync(("ASPNETCORE_URLS", address));
        await using var app = await BackendApp.OnAsync(store, settings: ("Ml:Url", address));
        var http = app.CreateClient();
        var before = await http.SubmitAsync(new ResultBuilder());
        await Client.UntilAsync(async () => (await ViewAsync(http, before)).Assessment is not null);

        await first.TerminateAsync();
        await first.ExitCodeAsync();
        first.Dispose();
        var meanwhile = await http.SubmitAsync(new ResultBuilder());
        (await ViewAsync(http, meanwhile)).Assessment.ShouldBeNull();

        using var second = await MlProcess.StartAsync(("ASPNETCORE_URLS", address));
        await Client.UntilAsync(async () => (await ViewAsync(http, meanwhile)).Assessment is not null);
    }

    [Theory, EveryStore]
    public async Task Without_a_service_that_predicts_there_is_no_prediction_and_everything_else_goes_on(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, settings: ("Ml:Url", $"http://127.0.0.1:{MlProcess.FreePort()}"));
        var http = app.CreateClient();
        var id = await http.SubmitAsync(new ResultBuilder());

        using var asked = await http.PostAsync("/api/v1/predict", new StringContent("""{"hardware":{"cpuModel":"AMD EPYC 7763","threads":128}}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        using var ofResult = await http.SendAsync(HttpMethod.Get, $"/api/v1/results/{id}/prediction");
        using var wrong = await http.PostAsync("/api/v1/predict", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        asked.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        asked.Headers.RetryAfter.ShouldNotBeNull();
        (await asked.ProblemAsync()).Title.ShouldBe("No prediction at the moment");
        ofResult.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<ResultView> ViewAsync(HttpClient http, string id) => http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView);
}
