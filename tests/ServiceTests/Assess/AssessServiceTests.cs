using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Ml.Features.Assess;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Assess;

/// <summary>The assessment over the network.</summary>
public sealed class AssessServiceTests
{
    [Fact]
    public async Task It_answers_as_the_assessor_does()
    {
        await using var app = new WebApplicationFactory<Suspicion>();
        var request = new AssessRequest(new ResultBuilder { Cores = 2, Factors = { ["sort.multi"] = 4 } }.SignedDocument(), new Dictionary<string, IReadOnlyList<double>>());

        using var response = await app.CreateClient().PostAsJsonAsync("/v1/assess", request, ApiJson.Default.AssessRequest, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (answer, expected) = (await response.ReadAsync(ApiJson.Default.Assessment), Assessor.Assess(request));
        (answer.Fit, answer.Method, Json(answer.Findings[0])).ShouldBe((expected.Fit, expected.Method, Json(expected.Findings[0])));

        static string Json(Finding finding) => JsonSerializer.Serialize(finding, ApiJson.Default.Finding);
    }

    [Theory]
    [InlineData("{}", "result")]
    [InlineData("""{"peers":{"sort.single":[0]}}""", "peers")]
    [InlineData("""{"hardware":{"cores":"many"}}""", "hardware.cores")]
    [InlineData("""{"hardware":{"cores":""", "hardware.cores")]
    [InlineData("", "$")]
    public async Task A_request_without_result_or_figures_is_refused_with_the_field(string body, string field)
    {
        await using var app = new WebApplicationFactory<Suspicion>();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await app.CreateClient().PostAsync("/v1/assess", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ProblemAsync()).Errors!.Select(error => error.Field).ShouldContain(field);
    }
}
