using System.Text.Json;
using PcBench.Contracts;
using PcBench.Web.Api;

namespace PcBench.WebTests.Api;

public sealed class PcBenchClientTests
{
    private readonly CannedApi api = new();
    private readonly PcBenchClient client;

    public PcBenchClientTests() => client = new PcBenchClient(api.SendAsync);

    [Fact]
    public async Task An_unreachable_server_is_a_failure_and_no_exception()
    {
        api.Answer("api/v1/cpus", new ApiResponse(0));

        var answer = await client.CpusAsync(TestContext.Current.CancellationToken);

        answer.Failure!.Kind.ShouldBe(FailureKind.Network);
        answer.Value.ShouldBeNull();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task An_answer_that_cannot_be_read_is_the_fault_of_the_server(string body)
    {
        api.Answer("api/v1/cpus", new ApiResponse(200, body));

        var answer = await client.CpusAsync(TestContext.Current.CancellationToken);

        answer.Failure!.Kind.ShouldBe(FailureKind.Server);
    }

    [Fact]
    public async Task Too_many_requests_say_how_long_to_wait()
    {
        api.Answer("api/v1/cpus", new ApiResponse(429, RetryAfterSeconds: 42));

        var answer = await client.CpusAsync(TestContext.Current.CancellationToken);

        answer.Failure.ShouldBe(new Failure(FailureKind.RateLimited, RetryAfterSeconds: 42));
    }

    [Fact]
    public async Task Ids_cannot_leave_their_place_in_the_address()
    {
        await client.ResultAsync("../cpus?x=#", null, TestContext.Current.CancellationToken);

        api.Requests.ShouldHaveSingleItem().Path.ShouldBe("api/v1/results/..%2Fcpus%3Fx%3D%23");
    }

    [Fact]
    public void The_pages_read_what_the_server_writes()
    {
        var written = JsonSerializer.Serialize(Sample.View("abc"), ApiJson.Default.ResultView);

        var read = JsonSerializer.Deserialize(written, WebJson.Default.ResultView);

        JsonSerializer.Serialize(read, ApiJson.Default.ResultView).ShouldBe(written);
    }
}
