using System.Net.Http.Headers;
using System.Text.Json;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Observe;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>What the backend and the page's nginx log of requests, those that go wrong too: nothing of who asked, and nothing that was sent.</summary>
public sealed class PersonalDataTests
{
    private const string Address = "203.0.113.7";

    private static readonly string[] Secrets = ["secret-query", "secret-token", "secret-cookie", "secret-agent", "secret-body", "secret-referer", Address, "127.0.0.1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nginx_logs_one_object_a_line_without_address_query_or_header_and_nothing_else()
    {
        await using var nginx = await NginxServer.StartAsync("beta");
        using var http = new HttpClient { BaseAddress = nginx.Address };
        await SendAsync(http, HttpMethod.Get, "/?q=secret-query");
        await SendAsync(http, HttpMethod.Get, "/search?q=secret-query");
        await SendAsync(http, HttpMethod.Get, "/results/01ABC%22%0A%D1%91?token=secret-query");
        await SendAsync(http, HttpMethod.Get, "/results/%FF%FE");
        await SendAsync(http, HttpMethod.Get, $"/results/{new string('a', 4_096)}");
        await SendAsync(http, HttpMethod.Post, "/?q=secret-query", new string('a', 4_096) + "secret-body"); // more than it takes: nginx has an opinion on that

        await Client.UntilAsync(() => Task.FromResult(nginx.Lines().Length >= 6));

        var lines = nginx.Lines().Select(line => JsonElement.Parse(line)).ToList();
        foreach (var field in (string[])["time", "level", "traceId", "contour", "service", "release", "method", "path", "status", "seconds"])
            lines.Count(line => line.TryGetProperty(field, out _)).ShouldBe(lines.Count, field);
        lines.ShouldAllBe(line => line.GetProperty("contour").GetString() == "beta");
        nginx.Lines().ShouldAllBe(line => line.Length < 1_000);
        lines[0].GetProperty("traceId").GetString().ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
        var everything = string.Join('\n', nginx.Lines().Append(nginx.Log));
        Secrets.Where(everything.Contains).ShouldBeEmpty(everything);
    }

    [Fact]
    public async Task The_backend_logs_nothing_of_who_asked_and_what_was_sent_also_when_it_fails()
    {
        var store = await SharedStore.NewAsync();
        var folder = Directory.CreateTempSubdirectory("pcbench-log-").FullName;
        string[] lines;
        using (var backend = await BackendProcess.StartAsync(folder, settings:
            [.. store.Settings, new("Telemetry:Contour", "beta"), new("Logging:LogLevel:Default", "Trace"), new("Limits:TrustedProxies", "127.0.0.1")]))
        {
            using var http = new HttpClient { BaseAddress = backend.Address };
            await SendAsync(http, HttpMethod.Get, "/api/v1/search?q=secret-query");
            await SendAsync(http, HttpMethod.Get, "/api/v1/results/secret-query");
            await SendAsync(http, HttpMethod.Post, "/api/v1/results?visibility=public", """{"agent":"secret-body"}""");
            await SendAsync(http, HttpMethod.Post, "/api/v1/predict", """{"hardware":{"cpuModel":"secret-body","threads":8}}""");
            await ExecuteAsync(store.Postgres, "alter table result add constraint refused check (false) not valid");
            var result = new ResultBuilder { Cpu = "secret-body", Board = new() { Vendor = "secret-body", Model = "secret-body" } };
            ((int)await SendAsync(http, HttpMethod.Post, "/api/v1/results?visibility=public", System.Text.Encoding.UTF8.GetString(result.Signed()))).ShouldBeGreaterThanOrEqualTo(500);
            await Client.UntilAsync(() => Task.FromResult(backend.Lines().Any(line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal))));
            lines = backend.Lines();
        }

        Directory.Delete(folder, recursive: true);
        await store.RemoveAsync();
        lines.Select(line => JsonElement.Parse(line).GetProperty("contour").GetString()).ShouldAllBe(contour => contour == "beta");

        // It says where it listens, and where its own stores are: those are no persons.
        var secrets = Secrets.Where(secret => secret != "127.0.0.1");
        lines.Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static async Task<System.Net.HttpStatusCode> SendAsync(HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in (List<(string, string)>)[
            ("Authorization", "PcBench secret-token"), ("Cookie", "pcbench-cohort=secret-cookie"), ("User-Agent", "secret-agent"), ("Referer", "http://localhost/secret-referer"),
            ("X-Forwarded-For", Address), ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task ExecuteAsync(string postgres, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(postgres);
        await connection.OpenAsync(Cancel);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
