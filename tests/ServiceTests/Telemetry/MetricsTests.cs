using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>The figures of a real process: meters of one process are seen by all of its hosts.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Every_line_is_of_the_format_and_every_sample_has_a_type()
    {
        using var service = await MlProcess.StartAsync(("Telemetry__Contour", "stage"));
        (await RefusedAsync(service)).ShouldBe(HttpStatusCode.BadRequest);

        var lines = (await service.Http.GetStringAsync("/metrics", Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Where(line => !Comment().IsMatch(line) && !Sample().IsMatch(line)).ShouldBeEmpty();
        var types = lines.Select(line => Type().Match(line)).Where(type => type.Success).ToDictionary(type => type.Groups["name"].Value, type => type.Groups["type"].Value);
        var untyped = from line in lines
                      let sample = Sample().Match(line)
                      where sample.Success && !types.ContainsKey(sample.Groups["name"].Value) && !types.ContainsKey(Suffix().Replace(sample.Groups["name"].Value, ""))
                      select line;
        untyped.ShouldBeEmpty();
        lines.Sum(line => line.Length + 1).ShouldBeLessThan(100_000);
        types["http_server_request_duration_seconds"].ShouldBe("histogram");
        types.Keys.ShouldContain("dotnet_gc_collections_total");
        types.Keys.ShouldContain("process_start_time_seconds");
        types.Keys.ShouldContain(name => name.StartsWith("dotnet_thread_pool_", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("build_info{", StringComparison.Ordinal)
            && line.Contains("version=\"", StringComparison.Ordinal) && line.Contains("commit=\"", StringComparison.Ordinal)
            && line.Contains("contour=\"stage\"", StringComparison.Ordinal));
        var buckets = lines.Where(line => line.StartsWith("http_server_request_duration_seconds_bucket", StringComparison.Ordinal)).ToList();
        buckets.ShouldAllBe(line => line.Contains("http_route=\"/v1/assess\"", StringComparison.Ordinal));
        buckets.ShouldContain(line => line.Contains("le=\"0.0005\"", StringComparison.Ordinal));
        buckets.ShouldContain(line => line.Contains("le=\"10\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_callers_make_up_adds_no_series()
    {
        using var service = await MlProcess.StartAsync();
        await AskForNothingAsync(service, "GET", "/nothing");
        await AskForNothingAsync(service, "BREW", "/nothing");
        var before = await SeriesAsync(service);

        foreach (var i in Enumerable.Range(0, 200))
            await AskForNothingAsync(service, i % 2 == 0 ? "GET" : $"BREW{i}", $"/{Guid.CreateVersion7():N}/{i}?q={i}");

        (await SeriesAsync(service)).Except(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_port_of_their_own_they_are_there_alone_and_nothing_else_is()
    {
        var port = MlProcess.FreePort();
        using var service = await MlProcess.StartAsync(("Telemetry__MetricsPort", $"{port}"));
        using var watching = MlProcess.NewClient(new Uri($"http://127.0.0.1:{port}"));

        (await watching.StatusAsync("/metrics")).ShouldBe(HttpStatusCode.OK);
        (await watching.StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await service.Http.StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await RefusedAsync(service)).ShouldBe(HttpStatusCode.BadRequest);
        (await RefusedAsync(watching)).ShouldBe(HttpStatusCode.NotFound);
        (await service.Http.StatusAsync("/metrics")).ShouldBe(HttpStatusCode.NotFound);

        // Whoever says that it came in there is not believed.
        using var pretending = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = $"127.0.0.1:{port}" } };
        using var answer = await service.Http.SendAsync(pretending, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_port_of_their_own_joins_ports_that_are_given_by_number()
    {
        var (port, own) = (MlProcess.FreePort(), MlProcess.FreePort());
        using var service = await MlProcess.StartAsync(
            ("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", $"{own}"), ("Telemetry__MetricsPort", $"{port}"), ("Telemetry__LogFormat", "text"));
        using var watching = MlProcess.NewClient(new Uri($"http://127.0.0.1:{port}"));
        using var using_ = MlProcess.NewClient(new Uri($"http://127.0.0.1:{own}"));

        (await watching.StatusAsync("/metrics")).ShouldBe(HttpStatusCode.OK);
        (await RefusedAsync(using_)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<HttpStatusCode> RefusedAsync(MlProcess service) => RefusedAsync(service.Http);

    private static async Task<HttpStatusCode> RefusedAsync(HttpClient http)
    {
        using var body = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync("/v1/assess", body, Cancel);
        return answer.StatusCode;
    }

    private static async Task AskForNothingAsync(MlProcess service, string method, string address)
    {
        using var answer = await service.Http.SendAsync(new HttpMethod(method), address);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HashSet<string>> SeriesAsync(MlProcess service) =>
        [.. (await service.Http.GetStringAsync("/metrics", Cancel)).Split('\n').Where(line => line is not ("" or ['#', ..])).Select(line => line[..line.LastIndexOf(' ')])];

    [GeneratedRegex(@"^# (HELP|UNIT) [a-zA-Z_:][a-zA-Z0-9_:]* .*$|^# TYPE |^# EOF$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (\+Inf|-Inf|NaN|-?[0-9.]+([eE][+-]?[0-9]+)?)( [0-9.]+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
