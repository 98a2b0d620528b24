using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PcBench.Backend.Access;

namespace PcBench.ServiceTests.Access;

/// <summary>Who is let into a contour, before a few answers.</summary>
public class AccessTests
{
    private const string Developer = "developer-0123456789abcdef";
    private const string Second = "developer-fedcba9876543210";
    private const string Invited = "invited-0123456789abcdef";

    [Theory]
    [InlineData("Developers", Developer, true)]
    [InlineData("Developers", Second, true)]
    [InlineData("Developers", Invited, false)]
    [InlineData("Invited", Developer, true)]
    [InlineData("Invited", Invited, true)]
    [InlineData("Invited", "", false)]
    [InlineData("Invited", "invited-0123456789abcdeF", false)]
    [InlineData("Invited", "invited-0123456789abcde", false)]
    [InlineData("Invited", Invited + "x", false)]
    [InlineData("Invited", Invited + "," + Developer, false)]
    [InlineData("Public", "", true)]
    [InlineData("Public", "anything", true)]
    public async Task A_key_opens_what_it_is_for_in_header_and_cookie_alike(string mode, string key, bool isIn)
    {
        await using var app = await StartAsync(mode);

        foreach (var (name, value) in new[] { ("PcBench-Cohort", key), ("Cookie", $"other=1; pcbench-cohort={key}") })
        {
            (await StatusAsync(app, "/api/v1/thing", (name, value))).ShouldBe(isIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, name);
            (await StatusAsync(app, "/access", (name, value))).ShouldBe(isIn ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized, name);
        }
    }

    [Theory]
    [InlineData("/health/live", true)]
    [InlineData("/metrics", true)]
    [InlineData("/version", true)]
    [InlineData("/api/v1/thing", false)]
    [InlineData("/healthy", false)]
    [InlineData("/metricsx", false)]
    [InlineData("/api/v1/thing/../../../version", true)] // which is /version, to whoever answers too
    [InlineData("/api/v1/thing?x=/health/live", false)]
    [InlineData("/%2e%2e/api/v1/thing", false)]
    [InlineData("//health/live", false)]
    public async Task Only_what_the_cluster_asks_is_open_to_all(string address, bool isIn)
    {
        await using var app = await StartAsync("Developers");

        (await StatusAsync(app, address) != HttpStatusCode.Unauthorized).ShouldBe(isIn);
    }

    [Fact]
    public async Task A_wrong_header_is_not_made_good_by_a_cookie_and_two_headers_are_none()
    {
        await using var app = await StartAsync("Developers");

        (await StatusAsync(app, "/api/v1/thing", ("PcBench-Cohort", "wrong"), ("Cookie", $"pcbench-cohort={Developer}"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, "/api/v1/thing", ("PcBench-Cohort", Developer), ("PcBench-Cohort", Second))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, "/api/v1/thing", ("Cookie", $"pcbench-cohort={new string('a', 100_000)}"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, "/api/v1/thing", ("X-Forwarded-Uri", "/health/live"), ("X-Original-URL", "/version"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_enters_a_key_gets_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        await using var app = await StartAsync("Invited");
        using var http = app.GetTestClient();

        using var wrong = await http.PostAsync("/access", Form("nothing"), TestContext.Current.CancellationToken);
        using var right = await http.PostAsync("/access", Form($" {Invited}\n"), TestContext.Current.CancellationToken);

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Headers.Contains("Set-Cookie").ShouldBeFalse();
        right.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        right.Headers.Location!.ToString().ShouldBe("/");
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith($"pcbench-cohort={Invited};");
        foreach (var attribute in new[] { "httponly", "secure", "samesite=lax", "path=/" })
            cookie.ShouldContain(attribute);
    }

    [Fact]
    public async Task A_browser_is_shown_a_form_and_a_program_what_to_do()
    {
        await using var app = await StartAsync("Developers");
        using var http = app.GetTestClient();

        using var page = await SendAsync(http, "/", ("Accept", "text/html,*/*"));
        using var problem = await SendAsync(http, "/api/v1/thing");

        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<form method=\"post\" action=\"/access\">");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        problem.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await problem.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("PcBench-Cohort");
        problem.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Everybody", Developer, "Access:Mode = 'Everybody' is not known")]
    [InlineData("public", Developer, "Access:Mode = 'public' is not known")]
    [InlineData("Developers", "", "needs keys")]
    [InlineData("Invited", "", "needs keys")]
    [InlineData("Developers", "short", "number 1, is no key")]
    [InlineData("Developers", Developer + ",with spaces in the middle of it", "number 2, is no key")]
    public async Task It_refuses_to_start_where_nobody_could_come_in_or_anybody_could_guess(string mode, string keys, string said)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(mode, keys));

        refused.Message.ShouldContain(said);
        if (keys.Length > 0)
            refused.Message.ShouldNotContain(keys.Split(',')[^1], Case.Sensitive, "keys are secret");
    }

    private static FormUrlEncodedContent Form(string key) => new([KeyValuePair.Create("key", key)]);

    private static async Task<HttpStatusCode> StatusAsync(WebApplication app, string address, params (string Name, string Value)[] headers)
    {
        using var http = app.GetTestClient();
        using var answer = await SendAsync(http, address, headers);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(string mode, string developers = $"{Developer}, {Second}")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Access:Mode", mode), new("Access:DeveloperKeys", developers), new("Access:InvitedKeys:0", Invited)]);
        builder.Services.AddProblemDetails();
        builder.Services.AddAccess();
        var app = builder.Build();
        app.UseAccess();
        app.MapAccess();
        foreach (var address in new[] { "/", "/health/live", "/metrics", "/version", "/api/v1/thing" })
            app.MapGet(address, () => "in");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
