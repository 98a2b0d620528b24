using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PcBench.Platform.Events;

/// <summary>An event as one JSON object: the structured mode of CloudEvents 1.0.</summary>
internal static class EventEnvelope
{
    public static string Write(CloudEvent happened)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, CloudEvent.SpecVersion);
            json.WriteString("id"u8, happened.Id);
            json.WriteString("source"u8, CloudEvent.Source);
            json.WriteString("type"u8, happened.Type);
            json.WriteString("subject"u8, happened.Subject);
            json.WriteString("time"u8, happened.Time);
            json.WriteString("datacontenttype"u8, CloudEvent.DataContentType);
            if (happened.TraceParent is not null)
                json.WriteString("traceparent"u8, happened.TraceParent);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(happened.Data);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <returns>Null where it is not such an object.</returns>
    public static CloudEvent? TryRead(string envelope)
    {
        try
        {
            using var document = JsonDocument.Parse(envelope);
            var json = document.RootElement;
            return new CloudEvent(
                Text("id"), Text("type"), Text("subject"), json.GetProperty("time").GetDateTimeOffset(), json.GetProperty("data").GetRawText(),
                json.TryGetProperty("traceparent", out var trace) ? trace.GetString() : null);

            string Text(string name) => json.GetProperty(name).GetString() ?? throw new FormatException();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
