using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Features.Assessments;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Ml.Features.Assess;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Assess;

/// <summary>The way of a verdict: from the event to the page and the boards.</summary>
public sealed class AssessmentTests
{
    [Theory, EveryStore]
    public async Task The_first_results_of_a_model_are_assessed_again_once_there_are_enough(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true);
        var http = app.CreateClient();
        var first = await http.SubmitAsync(new ResultBuilder());
        (await AssessedAsync(http, first)).Fit.ShouldBe(Fit.NotEnoughData);

        for (var i = 0; i < 5; i++)
            await http.SubmitAsync(new ResultBuilder());

        await Client.UntilAsync(async () => (await AssessedAsync(http, first)).Fit == Fit.Fits);
    }

    [Theory, EveryStore]
    public async Task A_flagged_result_leaves_the_boards_and_stays_visible_with_the_reason(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true);
        var http = app.CreateClient();
        for (var i = 0; i < 6; i++)
            await http.SubmitAsync(new ResultBuilder());
        var cheat = new ResultBuilder { Speed = 2 };
        var id = await http.SubmitAsync(cheat);

        var assessment = await AssessedAsync(http, id);

        assessment.Fit.ShouldBe(Fit.Flagged);
        assessment.Findings.ShouldNotBeEmpty();
        await app.SoonAsync(async () =>
        {
            var page = await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage);
            (page.Total, page.Rows.Count(row => row.Id == id)).ShouldBe((6, 0));
            (await http.GetAsync($"/api/v1/cpus/amd-ryzen-9-7950x", ApiJson.Default.CpuView)).Results.ShouldBe(6);
        });
        (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Scores.ShouldAllBe(score => score.Rank == null);

        // Hiding and showing it again does not bring it back onto the boards.
        foreach (var visibility in new[] { "private", "public" })
            (await http.SetVisibilityAsync(id, visibility, cheat.Key.TokenFor(id))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(6));
    }

    [Theory, EveryStore]
    public async Task Private_results_are_nobodys_peers(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, assessing: true);
        var http = app.CreateClient();
        for (var i = 0; i < 6; i++)
            await http.SubmitAsync(new ResultBuilder(), "private");

        var id = await http.SubmitAsync(new ResultBuilder());

        (await AssessedAsync(http, id)).ShouldSatisfyAllConditions(
            assessment => assessment.Fit.ShouldBe(Fit.NotEnoughData), assessment => assessment.Peers.ShouldBe(0));
    }

    [Theory, EveryStore]
    public async Task A_verdict_that_another_overtook_does_not_take_its_place(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(new ResultBuilder());
        var overtaking = new Answering(_ => Task.FromResult(Fit.Flagged));
        var slow = new Answering(async calls =>
        {
            if (calls > 1)
                return Fit.Flagged; // by what there is now
            await With(app, overtaking).AssessAsync(id, TestContext.Current.CancellationToken);
            return Fit.NotEnoughData;
        });

        await With(app, slow).AssessAsync(id, TestContext.Current.CancellationToken);

        (await AssessedAsync(http, id)).Fit.ShouldBe(Fit.Flagged);
        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(0));
    }

    private static Assessments With(BackendApp app, IAssessor assessor) => ActivatorUtilities.CreateInstance<Assessments>(app.Services, assessor);

    /// <summary>Says what it is told to say at its first call, its second …</summary>
    private sealed class Answering(Func<int, Task<Fit>> fit) : IAssessor
    {
        private int calls;

        public async ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel) =>
            Assessor.Assess(request) with { Fit = await fit(++calls) };
    }

    private static async Task<Assessment> AssessedAsync(HttpClient http, string id)
    {
        Assessment? assessment = null;
        await Client.UntilAsync(async () =>
            (assessment = (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Assessment) is not null);
        return assessment!;
    }
}
