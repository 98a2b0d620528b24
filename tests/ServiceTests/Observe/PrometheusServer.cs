using System.Globalization;
using System.Text.Json.Nodes;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>A series of an answer: its labels and its value now.</summary>
internal sealed record Series(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>A rule as Prometheus has it: its name, its expression, and what it said of the last evaluation.</summary>
internal sealed record WatchedRule(string Name, string Query, bool IsAlert, string Health, string? Error);

/// <summary>Debian's Prometheus on a configuration that <c>p25 observe render</c> made.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly HttpClient http;

    private PrometheusServer(ServerProcess process, Uri address)
    {
        (this.process, Address) = (process, address);
        http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="folder">Of the rendered files; <c>prometheus/prometheus.yml</c> is in it.</param>
    public static async Task<PrometheusServer> StartAsync(string folder)
    {
        var program = Requirement.FindProgram("prometheus");
        if (program is null)
            Requirement.Missing("prometheus is not installed (Debian: apt-get install prometheus).");
        var port = Ports.Free();
        var process = await ServerProcess.StartAsync(
            [program, $"--config.file={folder}/prometheus/prometheus.yml", $"--storage.tsdb.path={folder}/data-{port}", $"--web.listen-address=127.0.0.1:{port}"],
            "TERM", "Server is ready to receive web requests", folder);
        return new PrometheusServer(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>What an expression is now; it must be none that Prometheus refuses or warns about.</summary>
    public async Task<IReadOnlyList<Series>> QueryAsync(string expression)
    {
        using var answer = await http.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}", Cancel);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        ((string?)body["status"]).ShouldBe("success", $"{expression}: {body["error"]}");
        body["warnings"].ShouldBeNull(expression);
        return body["data"]!["resultType"]!.GetValue<string>() == "scalar"
            ? [new Series(new Dictionary<string, string>(), Number(body["data"]!["result"]!))]
            : [.. body["data"]!["result"]!.AsArray().Select(one => new Series(
                one!["metric"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!), Number(one["value"]!)))];
    }

    public async Task<IReadOnlyList<WatchedRule>> RulesAsync()
    {
        var body = JsonNode.Parse(await http.GetStringAsync("/api/v1/rules", Cancel))!;
        return [.. body["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => new WatchedRule(
            (string)rule!["name"]!, (string)rule["query"]!, (string?)rule["type"] == "alerting", (string)rule["health"]!, (string?)rule["lastError"]))];
    }

    /// <summary>Waits until every target has answered.</summary>
    public Task AllAreUpAsync(int targets) => Client.UntilAsync(async () => (await QueryAsync("up == 1")).Count == targets);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private static double Number(JsonNode pair) => (string)pair[1]! switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
