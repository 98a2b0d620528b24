using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using PcBench.Bench.Servers;
using PcBench.Platform.Telemetry;

namespace PcBench.Bench.Benchmarks.MetricsCost;

/// <summary>The way of a request through the framework without a network, an answer or a log: little but that its figures are kept, or not.</summary>
internal sealed class Pipeline : IServer, IAsyncDisposable
{
    private const string Path = "/api/v1/leaderboard";

    private readonly WebApplication app;
    private Func<IFeatureCollection, Task>? handle;

    private Pipeline(bool isKept)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Telemetry:Metrics"] = isKept ? "true" : "false";
        builder.AddTelemetry("bench");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServer>(this);
        app = builder.Build();
        app.MapMetrics();
        app.MapGet(Path, _ => Task.CompletedTask);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <param name="isKept">Whether its figures are kept, as a service keeps them.</param>
    /// <param name="cancel">Cancels starting it.</param>
    public static async Task<Pipeline> StartAsync(bool isKept, CancellationToken cancel)
    {
        var pipeline = new Pipeline(isKept);
        await pipeline.app.StartAsync(cancel);
        return pipeline;
    }

    /// <summary>Processor time of a request, in microseconds, over so many of them.</summary>
    public async Task<double> MicrosecondsOfAsync(int requests)
    {
        var start = ProcessorClock.OfThread();
        for (var i = 0; i < requests; i++)
            await RequestAsync(); // nothing in it waits, so it stays on this thread

        return (ProcessorClock.OfThread() - start).TotalMicroseconds / requests;
    }

    private Task RequestAsync()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "GET", Scheme = "http", Protocol = "HTTP/1.1", Path = Path });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return handle!(features);
    }

    Task IServer.StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
    {
        handle = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    Task IServer.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public void Dispose()
    {
        // The application has it, and is the process's.
    }
}
