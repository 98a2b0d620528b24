using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PcBench.Platform.Telemetry;

/// <summary>
/// The log as one JSON object a line. Scopes are not in it: the framework puts addresses and identifiers of connections there.
/// </summary>
internal sealed class JsonLines(string contour, string service, TimeProvider time) : ConsoleFormatter(FormatName)
{
    private const string FormatName = "pcbench-json-lines";

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();

        // With the usual encoder: all of it is ASCII, which no console's encoding can spoil.
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, logEntry);
        textWriter.Write(Encoding.ASCII.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private void Write<TState>(Utf8JsonWriter json, in LogEntry<TState> entry)
    {
        json.WriteStartObject();
        json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        json.WriteString("level", NameOf(entry.LogLevel));
        json.WriteString("category", entry.Category);
        json.WriteString("message", entry.Formatter(entry.State, entry.Exception));
        if (entry.EventId.Name is { } name)
            json.WriteString("event", name);
        if (Activity.Current is { } activity)
        {
            json.WriteString("traceId", activity.TraceId.ToHexString());
            json.WriteString("spanId", activity.SpanId.ToHexString());
        }

        json.WriteString("contour", contour);
        json.WriteString("service", service);
        json.WriteString("release", Release.Name);
        WriteFields(json, entry.State);
        if (entry.Exception is { } error)
        {
            json.WriteStartObject("exception");
            json.WriteString("type", error.GetType().FullName);
            json.WriteString("message", error.Message);
            json.WriteString("stack", error.ToString()); // with those within
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        // In an object of their own: a field named "level" must not look like the line's.
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } fields || fields is [{ Key: "{OriginalFormat}" }])
            return;
        json.WriteStartObject("fields");
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Key != "{OriginalFormat}")
                WriteField(json, fields[i].Key, fields[i].Value);
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(key); break;
            case bool flag: json.WriteBoolean(key, flag); break;
            case int number: json.WriteNumber(key, number); break;
            case long number: json.WriteNumber(key, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(key, number); break;
            default: json.WriteString(key, value.ToString()); break;
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    /// <summary>Makes it the console's format where it is chosen.</summary>
    public static void Add(WebApplicationBuilder builder, TelemetryOptions options, string service)
    {
        if (!options.IsJson)
            return;
        builder.Logging.AddConsole(console => console.FormatterName = FormatName);
        builder.Services.AddSingleton<ConsoleFormatter>(new JsonLines(options.Contour, service, TimeProvider.System));

        // Below a warning the framework's own lines hold what was asked for and what was sent, whatever level the configuration sets.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning);
    }
}
