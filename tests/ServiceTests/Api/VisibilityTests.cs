using System.Net;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class VisibilityTests
{
    private const string CpuId = "intel-core-i7-2600";

    private readonly ResultBuilder mine = new() { Cpu = "Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz", Vendor = "Intel", Cores = 4 };

    [Theory, EveryStore]
    public async Task A_public_result_shows_everywhere(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine);

        await app.SoonAsync(async () => (await PlacesAsync(http, id, other)).Count.ShouldBe(11));
    }

    [Theory, EveryStore]
    public async Task A_private_result_shows_nowhere_to_others(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine, "private");

        (await PlacesAsync(http, id, other)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task An_unlisted_result_shows_only_to_whoever_has_its_address(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine, "unlisted");

        (await PlacesAsync(http, id, other)).ShouldBe(["result", "document", "compare"]);
    }

    [Theory, EveryStore]
    public async Task The_owner_sees_a_private_result(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine, "private");
        var token = mine.Key.TokenFor(id);

        (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView, token)).Owned.ShouldBeTrue();
        (await http.StatusAsync($"/api/v1/results/{id}/document", token)).ShouldBe(HttpStatusCode.OK);
        (await http.StatusAsync($"/api/v1/compare?ids={other},{id}", token)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, EveryStore]
    public async Task A_private_result_and_none_at_all_get_the_same_answer(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(mine, "private");
        var nowhere = new string('0', 20);

        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/document"), (HttpMethod.Put, "/visibility"), (HttpMethod.Delete, "") })
        {
            using var ofPrivate = await http.SendAsync(method, $"/api/v1/results/{id}{path}", new ResultBuilder().Key.TokenFor(id));
            using var ofNone = await http.SendAsync(method, $"/api/v1/results/{nowhere}{path}");
            ofPrivate.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            ofNone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await ofPrivate.ProblemAsync() with { TraceId = null }).ShouldBe(await ofNone.ProblemAsync() with { TraceId = null });
            ofPrivate.Headers.ToString().ShouldBe(ofNone.Headers.ToString());
        }
    }

    [Theory, EveryStore]
    public async Task The_owner_changes_it_and_every_place_follows_at_once_where_it_hides_it(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine, "private");
        var token = mine.Key.TokenFor(id);

        foreach (var (visibility, places) in new[] { ("public", 11), ("unlisted", 3), ("public", 11), ("private", 0) })
        {
            using var changed = await http.SetVisibilityAsync(id, visibility, token);
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            if (visibility == "public")
                await app.SoonAsync(async () => (await PlacesAsync(http, id, other)).Count.ShouldBe(places));
            else
                (await PlacesAsync(http, id, other)).Count.ShouldBe(places, visibility);
        }

        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(1));
    }

    [Theory, EveryStore]
    public async Task Nobody_else_changes_it(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(mine);
        var expired = PcBench.Contracts.Signing.OwnerToken.Create(mine.Key, id, TimeProvider.System.GetUtcNow().AddSeconds(-1));
        var ofAnother = mine.Key.TokenFor(new string('0', 20));

        foreach (var token in new[] { null, "", "nonsense", expired, ofAnother, new ResultBuilder().Key.TokenFor(id) })
        {
            using var changed = await http.SetVisibilityAsync(id, "private", token);
            changed.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await changed.ProblemAsync()).Detail!.ShouldContain("Authorization: PcBench TOKEN");
            using var deleted = await http.DeleteResultAsync(id, token);
            deleted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Visibility.ShouldBe(Visibility.Public);
    }

    [Theory]
    [EveryStore("""{"visibility":"secret"}""", "visibility")]
    [EveryStore("""{"visibility":2}""", "visibility")]
    [EveryStore("""{"visibility":"private","visibility":"public"}""", "visibility")]
    [EveryStore("[]", "$")]
    [EveryStore("", "$")]
    public async Task A_change_that_is_no_choice_is_refused_with_the_choices(Store store, string body, string field)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(mine);

        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await http.SendAsync(HttpMethod.Put, $"/api/v1/results/{id}/visibility", mine.Key.TokenFor(id), content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Fix.ShouldContain("private");
    }

    private static Task<IReadOnlyList<string>> PlacesAsync(HttpClient http, string id, string other) =>
        http.PlacesOfAsync(id, other, CpuId, "2600");
}
