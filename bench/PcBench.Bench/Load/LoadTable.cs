using System.Text.Json;

namespace PcBench.Bench.Load;

/// <summary>Shows what came of a load.</summary>
internal static class LoadTable
{
    public static void Write(TextWriter output, LoadReport report)
    {
        output.WriteLine($"{"",-28} {"requests",10} {"a second",10} {"p50 ms",9} {"p95 ms",9} {"p99 ms",9} {"max ms",9}");
        for (var i = 0; i < report.Kinds.Count; i++)
            WriteRow(output, report.Kinds[i].Name, report.Tally.ByKind[i], report.Seconds);
        if (report.Kinds.Count > 1)
            WriteRow(output, "all", report.All, report.Seconds);
        foreach (var (error, count) in report.Tally.Errors)
            output.WriteLine($"error: {error}: {count:N0}");
        if (report.Unanswered > 0)
            output.WriteLine($"error: never answered: {report.Unanswered:N0}");
        output.WriteLine($"each second: {string.Join(' ', report.Tally.PerSecond)}");
        output.WriteLine($"errors: {report.Errors:N0}; {report.Tally.BodyBytes / Math.Max(report.All.Count, 1):N0} bytes an answer; driver: {report.DriverMicroseconds:F1} us of processor time a request");
        if (report.Lateness is { } late)
            output.WriteLine($"driver late to send, within the latencies: p50 {late.PercentileMs(0.5):F2} ms, p99 {late.PercentileMs(0.99):F2} ms");
    }

    /// <summary>The same for programs: one object on one line.</summary>
    public static string Json(LoadReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", report.Seconds);
            json.WriteNumber("errors", report.Errors);
            json.WriteNumber("driverMicroseconds", report.DriverMicroseconds);
            WriteFigures(json, "all", report.All, report.Seconds);
            json.WriteStartObject("kinds");
            for (var i = 0; i < report.Kinds.Count; i++)
                WriteFigures(json, report.Kinds[i].Name, report.Tally.ByKind[i], report.Seconds);
            json.WriteEndObject();
            json.WriteStartObject("errorsByKind");
            foreach (var (error, count) in report.Tally.Errors)
                json.WriteNumber(error, count);
            json.WriteEndObject();
            json.WriteStartArray("perSecond");
            foreach (var count in report.Tally.PerSecond)
                json.WriteNumberValue(count);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteRow(TextWriter output, string name, Histogram times, double seconds) => output.WriteLine(
        $"{name,-28} {times.Count,10:N0} {times.Count / seconds,10:N0} {times.PercentileMs(0.5),9:F2} {times.PercentileMs(0.95),9:F2} {times.PercentileMs(0.99),9:F2} {times.MaxMs,9:F2}");

    private static void WriteFigures(Utf8JsonWriter json, string name, Histogram times, double seconds)
    {
        json.WriteStartObject(name);
        json.WriteNumber("requests", times.Count);
        json.WriteNumber("perSecond", times.Count / seconds);
        json.WriteNumber("p50Ms", times.PercentileMs(0.5));
        json.WriteNumber("p95Ms", times.PercentileMs(0.95));
        json.WriteNumber("p99Ms", times.PercentileMs(0.99));
        json.WriteNumber("maxMs", times.MaxMs);
        json.WriteEndObject();
    }
}
