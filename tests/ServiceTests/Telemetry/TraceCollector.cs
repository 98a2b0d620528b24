using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>A span as it was sent.</summary>
/// <param name="Service">Who made it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Trace">The trace's id, as hexadecimal digits.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">The id of the span that caused it; empty where none did.</param>
internal sealed record Span(string Service, string Name, int Kind, string Trace, string Id, string Parent)
{
    public const int Server = 2;
    public const int Client = 3;
    public const int Consumer = 5;
}

/// <summary>An OpenTelemetry collector as small as can be: it takes traces over HTTP and keeps them.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> spans = new();
    private readonly WebApplication app;

    private TraceCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/traces", async (Stream body) =>
        {
            using var whole = new MemoryStream();
            await body.CopyToAsync(whole);
            Read(whole.ToArray());
        });
    }

    public IReadOnlyList<Span> Spans => [.. spans];

    /// <summary>What makes a service send its traces here, at once.</summary>
    public IEnumerable<(string Key, string Value)> Settings =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100")];

    public static async Task<TraceCollector> StartAsync()
    {
        var collector = new TraceCollector();
        await collector.app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // The numbers are those of opentelemetry/proto/trace/v1/trace.proto: of ExportTraceServiceRequest, ResourceSpans, Resource, KeyValue, AnyValue, ScopeSpans, Span.
    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Fields(request).Where(field => field.Number == 1))
        {
            var resource = Fields(resourceSpans.Bytes).First(field => field.Number == 1);
            var attributes = Fields(resource.Bytes).Where(field => field.Number == 1).Select(attribute => Fields(attribute.Bytes).ToList());
            var service = Text(Fields(One(attributes.First(attribute => Text(One(attribute, 1)) == "service.name"), 2).Bytes).First());
            var scopes = Fields(resourceSpans.Bytes).Where(field => field.Number == 2);
            foreach (var span in scopes.SelectMany(scope => Fields(scope.Bytes)).Where(field => field.Number == 2).Select(field => Fields(field.Bytes).ToList()))
                spans.Enqueue(new Span(service, Text(One(span, 5)), (int)One(span, 6).Value, Hex(One(span, 1)), Hex(One(span, 2)), Hex(One(span, 4))));
        }
    }

    private static Field One(List<Field> fields, int number) => fields.FirstOrDefault(field => field.Number == number) ?? new Field(number, [], 0);

    private static string Text(Field field) => Encoding.UTF8.GetString(field.Bytes);

    private static string Hex(Field field) => Convert.ToHexStringLower(field.Bytes);

    private sealed record Field(int Number, byte[] Bytes, ulong Value);

    /// <summary>Takes a message of Protocol Buffers apart.</summary>
    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var (bytes, value) = (Array.Empty<byte>(), 0UL);
            switch (tag & 7)
            {
                case 0: value = Varint(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                default:
                    var length = (int)Varint(message, ref at);
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
            }

            yield return new Field((int)(tag >> 3), bytes, value);
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        for (; message[at] >= 0x80; shift += 7)
            value |= (ulong)(message[at++] & 0x7f) << shift;
        return value | ((ulong)message[at++] << shift);
    }
}
