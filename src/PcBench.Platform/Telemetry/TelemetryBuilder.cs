using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PcBench.Platform.Health;
using PcBench.Platform.Hosting;

namespace PcBench.Platform.Telemetry;

/// <summary>Metrics, traces and the log of a service.</summary>
public static class TelemetryBuilder
{
    private const string MetricsPath = "/metrics";
    private const string Ours = "PcBench.*"; // meters and sources of our own

    /// <summary>Memory is set aside for so many series of each figure, and what goes beyond is counted as one: by default 2,000, which are 12 MB for all.</summary>
    private const int Series = 100;

    /// <summary>From half a millisecond, what a cached page takes, to ten seconds, when callers have gone.</summary>
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>From what is at once to an hour: events wait for what is away.</summary>
    private static readonly MetricStreamConfiguration Delays = new ExplicitBucketHistogramConfiguration
    {
        Boundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600],
        CardinalityLimit = Series,
    };

    private static readonly MetricStreamConfiguration Durations = new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = Series };

    private static readonly MetricStreamConfiguration Others = new() { CardinalityLimit = Series };

    private static readonly MetricStreamConfiguration Requests = new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = 5 * Series };

    /// <summary>Registers all of it. Call it before what logs or listens.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">The service's name in lines, traces and figures.</param>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        var options = TelemetryOptions.Of(builder.Configuration);
        builder.Services.AddCheckedOptions<TelemetryOptions, TelemetryOptionsCheck>(TelemetryOptions.Section);

        // The framework's own log has lines for each request, with what was searched for; writing them takes longer than many an answer.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        JsonLines.Add(builder, options, service);
        builder.ListenForMetrics(options.MetricsPort);

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(service, serviceVersion: Release.Name, serviceInstanceId: Environment.MachineName)
                .AddAttributes([new("deployment.environment.name", options.Contour)]));
        if (options.Metrics)
        {
            builder.Services.AddSingleton<IStartupFilter, RequestDurations>();
            telemetry.WithMetrics(Measure);
        }

        builder.Services.AddSingleton<BuildInfo>();

        // Without a collector there is no pipeline at all: spans that nobody gets would still be made.
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.WithTracing(Trace);
        return builder;
    }

    /// <summary>Maps <c>/metrics</c>, in the format of Prometheus, where figures are kept.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        var options = app.ServiceProvider.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        if (!options.Metrics)
            return;
        var port = options.MetricsPort;
        app.ServiceProvider.GetRequiredService<BuildInfo>();
        var parts = app.ServiceProvider.GetService<PartReports>();
        var metrics = app.MapPrometheusScrapingEndpoint(MetricsPath).DisableHttpMetrics();
        metrics.Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async context =>
            {
                // The port it came in at: what the Host header says is the caller's word.
                if (port is not null && context.Connection.LocalPort != port)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                if (parts is not null)
                    await parts.LookAsync(); // so that the figures of the parts are of now, whoever else asks or not
                await scrape(context);
            };
        });
    }

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(Ours, "Microsoft.AspNetCore.Server.Kestrel")
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddNpgsqlInstrumentation()
        .AddView(StreamOf)
        .AddPrometheusExporter();

    private static MetricStreamConfiguration StreamOf(Instrument instrument) => instrument switch
    {
        { Name: RequestDurations.Name } => Requests,
        { Name: "pcbench.events.delay" } => Delays,
        Histogram<double> { Unit: "s" } when !instrument.Name.StartsWith("kestrel.", StringComparison.Ordinal) => Durations,
        _ => Others,
    };

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(Ours)
        .AddAspNetCoreInstrumentation(requests => requests.Filter = context =>
            !context.Request.Path.StartsWithSegments(HealthBuilder.Path) && !context.Request.Path.StartsWithSegments(MetricsPath))
        .AddHttpClientInstrumentation()
        .AddNpgsql()
        .AddOtlpExporter();

    /// <summary>A gauge that is always 1 and whose labels say what is running, and one that says since when.</summary>
    private sealed class BuildInfo
    {
        public BuildInfo(IMeterFactory meters, IOptions<TelemetryOptions> options)
        {
            using var process = Process.GetCurrentProcess();
            var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
            var meter = meters.Create("PcBench.Platform");
            meter.CreateObservableGauge("build_info", () => new Measurement<int>(1,
                new("version", Release.Version), new("commit", Release.Commit), new("contour", options.Value.Contour)),
                unit: null, description: "What is running.");
            meter.CreateObservableGauge("process.start_time", () => started, "s", "When the process started, Unix time.");
        }
    }
}
