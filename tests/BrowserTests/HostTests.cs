using System.Net;

namespace PcBench.BrowserTests;

public sealed class HostTests
{
    [Fact]
    public async Task The_standalone_answers_to_this_machines_names_alone()
    {
        await using var server = new StandaloneServer();
        await server.StartAsync(bench: false);
        using var http = new HttpClient { BaseAddress = server.Address };

        (await StatusAsync(http, null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(http, $"127.0.0.1:{server.Address.Port}")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(http, $"pages.example:{server.Address.Port}")).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/leaderboard") { Headers = { Host = host } };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
