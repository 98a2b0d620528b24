using System.Net;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

/// <summary>What the service says of itself, and how it says no.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task The_openapi_document_describes_every_operation_with_its_problems()
    {
        await using var app = new BackendApp();
        var json = await app.CreateClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(json);

        document.RootElement.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var paths = document.RootElement.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name).ShouldBe(
            [
                "/api/v1/results", "/api/v1/results/{id}", "/api/v1/results/{id}/document", "/api/v1/results/{id}/visibility",
                "/api/v1/leaderboard", "/api/v1/cpus", "/api/v1/cpus/{id}", "/api/v1/compare", "/api/v1/search",
                "/api/v1/exports/results.jsonl", "/api/v1/exports/results.csv", "/api/v1/scoring", "/version",
                "/api/v1/imports", "/api/v1/imports/{id}", "/api/v1/imports/{id}/visibility", "/api/v1/cpus/{id}/imports", "/api/v1/exports/imports.jsonl",
                "/api/v1/predict", "/api/v1/results/{id}/prediction", "/api/v1/results/{id}/appeal", "/api/v1/admin/appeals", "/api/v1/admin/appeals/{id}/decision",
            ], ignoreOrder: true);
        foreach (var operation in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value))
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.GetProperty("responses").EnumerateObject().ShouldNotBeEmpty();
        }

        var board = paths.GetProperty("/api/v1/leaderboard").GetProperty("get");
        board.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["board", "vendor", "cpu", "cores", "os", "virtual", "since", "until", "limit", "after"]);
        board.GetProperty("parameters").EnumerateArray().ShouldAllBe(parameter => parameter.GetProperty("description").GetString() != "");
        board.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue();
        paths.GetProperty("/api/v1/results").GetProperty("post").GetProperty("parameters")[0].GetProperty("required").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("ProblemView").GetProperty("properties").TryGetProperty("errors", out _).ShouldBeTrue();
        SchemesOf(paths.GetProperty("/api/v1/results/{id}").GetProperty("delete")).ShouldBe(["owner"]);
        SchemesOf(paths.GetProperty("/api/v1/results/{id}").GetProperty("get")).ShouldBe(["", "owner"]);
        SchemesOf(paths.GetProperty("/api/v1/admin/appeals").GetProperty("get")).ShouldBe(["administrator"]);
        document.RootElement.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).ShouldBe(["owner", "administrator"], ignoreOrder: true);
        foreach (var reference in References(document.RootElement))
            Resolves(document.RootElement, reference).ShouldBeTrue(reference);
    }

    [Fact]
    public async Task The_page_to_try_it_loads_nothing_from_elsewhere()
    {
        await using var app = new BackendApp();
        var http = app.CreateClient();
        var page = await http.GetStringAsync("/docs/", TestContext.Current.CancellationToken);

        page.ShouldNotContain("https://");
        page.ShouldNotContain("src=\"//");
        (await http.StatusAsync("/docs/scalar.js")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/api/v1/results/short", 404)]
    [InlineData("GET", "/api/v1/results/../../etc/passwd", 404)]
    [InlineData("GET", "/api/v1/results/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404)]
    [InlineData("POST", "/api/v1/leaderboard", 405)]
    [InlineData("GET", "/api/v1/scoring?x=1", 400)]
    public async Task Every_refusal_is_a_problem_with_a_trace_id(string method, string address, int status)
    {
        await using var app = new BackendApp();
        using var response = await app.CreateClient().SendAsync(new HttpMethod(method), address);

        ((int)response.StatusCode).ShouldBe(status);
        var problem = await response.ProblemAsync();
        problem.Status.ShouldBe(status);
        problem.Detail.ShouldNotBeNullOrEmpty();
        problem.TraceId.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("/api/v1/scoring", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/api/v1/results/short", 404)]
    public async Task Whoever_asks_for_the_head_alone_gets_it(string address, int status)
    {
        await using var app = new BackendApp();
        using var response = await app.CreateClient().SendAsync(HttpMethod.Head, address);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType.ShouldNotBeNull();
    }

    [Fact]
    public async Task Answers_tell_the_browser_to_take_them_as_they_are()
    {
        await using var app = new BackendApp();
        using var response = await app.CreateClient().SendAsync(HttpMethod.Get, "/api/v1/scoring");

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory, EveryStore]
    public async Task The_service_tells_its_version_scoring_and_health(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();

        (await http.GetAsync("/version", ApiJson.Default.VersionView)).Schema.ShouldBe("pcbench.result/1");
        (await http.GetAsync("/api/v1/scoring", ApiJson.Default.ScoringView)).Workloads.Count.ShouldBe(new ResultBuilder().Document().Workloads.Count);
        foreach (var probe in new[] { "startup", "ready", "live" })
            (await http.StatusAsync($"/health/{probe}")).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Ways to say who asks; nothing where nobody has to.</summary>
    private static IEnumerable<string> SchemesOf(JsonElement operation) => operation.GetProperty("security").EnumerateArray()
        .Select(requirement => string.Join('+', requirement.EnumerateObject().Select(scheme => scheme.Name)));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Resolves(JsonElement root, string reference)
    {
        var at = root;
        return reference.StartsWith("#/", StringComparison.Ordinal)
            && reference[2..].Split('/').All(name => at.TryGetProperty(name, out at));
    }
}
