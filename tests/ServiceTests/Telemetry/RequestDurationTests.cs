using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace PcBench.ServiceTests.Telemetry;

public sealed class RequestDurationTests
{
    [Fact]
    public async Task A_request_is_counted_once_by_method_status_and_route_whoever_answers_it()
    {
        await using var app = await BackendApp.OnAsync(Store.Embedded);
        var http = app.CreateClient();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = Listen };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => seen.Enqueue(string.Join(" ", tags.ToArray().Select(tag => tag.Value))));
        listener.Start();

        (string Method, string Path)[] asked =
        [
            ("GET", "/api/v1/leaderboard"), ("GET", "/api/v1/leaderboard"), ("GET", "/api/v1/cpus/none"), ("GET", "/api/v1/results/none"),
            ("GET", "/health/live"), ("GET", "/nothing?at=all"), ("BREW", "/api/v1/leaderboard"),
        ];
        foreach (var (method, path) in asked)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        seen.ShouldBe(
        [
            "GET 200 /api/v1/leaderboard", "GET 200 /api/v1/leaderboard", "GET 404 /api/v1/cpus/{id}", "GET 404 /api/v1/results/{id}/",
            "GET 404", "_OTHER 405", // a path and a method that callers made up; of health there is none
        ]);

        void Listen(Instrument instrument, MeterListener listening)
        {
            if (instrument.Name == "http.server.request.duration" && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>() && instrument.Meter.Name.StartsWith("PcBench", StringComparison.Ordinal))
                listening.EnableMeasurementEvents(instrument);
        }
    }
}
