using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using PcBench.Platform.Telemetry;

namespace PcBench.ServiceTests.Telemetry;

public sealed class TraceTests
{
    [Fact]
    public async Task Requests_go_to_the_collector_without_what_was_asked_for_and_probes_do_not()
    {
        var sent = new StringBuilder();
        await using var collector = NewHost();
        collector.MapPost("/v1/traces", async (Stream body) =>
        {
            using var reader = new StreamReader(body, Encoding.Latin1);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            lock (sent)
                sent.Append(text);
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        using var service = await MlProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("Telemetry__Contour", "beta"));

        await service.Http.StatusAsync("/health/ready");
        await service.Http.StatusAsync("/metrics");
        await service.Http.StatusAsync("/v1/assess?cpu=secret-query");
        await service.TerminateAsync();
        (await service.ExitCodeAsync()).ShouldBe(0);

        var traces = sent.ToString(); // sent at the end at the latest
        traces.ShouldContain("/v1/assess");
        traces.ShouldContain("ml-service");
        traces.ShouldContain("beta");
        traces.ShouldNotContain("/health");
        traces.ShouldNotContain("/metrics");
        traces.ShouldNotContain("secret-query");
    }

    [Fact]
    public async Task Without_a_collector_there_is_no_pipeline()
    {
        await using var app = NewHost();

        app.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    private static WebApplication NewHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddTelemetry("test");
        return builder.Build();
    }
}
