using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PcBench.Platform.Telemetry;

namespace PcBench.ServiceTests.Telemetry;

public sealed class RequestDurationTests
{
    [Fact]
    public async Task A_request_is_counted_once_by_method_status_and_route_whoever_answers_it()
    {
        await using var app = await BackendApp.OnAsync(Store.Embedded);
        var http = app.CreateClient();
        using var listener = Listen(app.Services, out var seen);

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
    }

    [Fact]
    public async Task A_request_that_breaks_off_is_counted_once_by_what_became_of_it_and_its_route()
    {
        var arrived = new TaskCompletionSource();
        await using var app = await StartAsync(arrived);
        using var listener = Listen(app.Services, out var seen);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        (await http.StatusAsync("/fails/1")).ShouldBe(HttpStatusCode.InternalServerError);
        await CountedAsync(1);
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync("/breaks/1", TestContext.Current.CancellationToken)); // after 200 has gone out
        await CountedAsync(2);
        using (var answer = await http.GetAsync("/waits/1", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await CountedAsync(3); // the caller did not stay for the rest
        using var leaving = new CancellationTokenSource();
        var left = http.GetAsync("/left/1", leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        await CountedAsync(4);

        seen.ShouldBe(["GET 500 /fails/{id}", "GET 500 /breaks/{id}", "GET 200 /waits/{id}", "GET 499 /left/{id}"]);

        Task CountedAsync(int requests) => Client.UntilAsync(() => Task.FromResult(seen.Count >= requests));
    }

    /// <summary>A service whose routes break off, behind what the services have before theirs.</summary>
    private static async Task<WebApplication> StartAsync(TaskCompletionSource arrived)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AddTelemetry("test");
        builder.Logging.ClearProviders();
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapGet("/fails/{id}", string (int id) => throw new InvalidOperationException($"{id}"));
        app.MapGet("/breaks/{id}", async (int id, HttpResponse answer) =>
        {
            await answer.WriteAsync("begun");
            await answer.Body.FlushAsync();
            throw new InvalidOperationException($"{id}");
        });
        app.MapGet("/waits/{id}", async (int id, HttpResponse answer, CancellationToken left) =>
        {
            await answer.WriteAsync($"{id} begun", left);
            await answer.Body.FlushAsync(left);
            await Task.Delay(Timeout.Infinite, left);
        });
        app.MapGet("/left/{id}", async (int id, CancellationToken left) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, left);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static MeterListener Listen(IServiceProvider services, out ConcurrentQueue<string> seen)
    {
        var (into, scope) = (new ConcurrentQueue<string>(), services.GetRequiredService<IMeterFactory>());
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "http.server.request.duration" && instrument.Meter.Scope == scope && instrument.Meter.Name.StartsWith("PcBench", StringComparison.Ordinal))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => into.Enqueue(string.Join(" ", tags.ToArray().Select(tag => tag.Value))));
        listener.Start();
        seen = into;
        return listener;
    }
}
