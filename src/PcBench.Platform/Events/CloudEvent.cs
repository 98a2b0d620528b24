namespace PcBench.Platform.Events;

/// <summary>What happened, in the envelope of CloudEvents 1.0 with its extension for distributed tracing.</summary>
/// <param name="Id">Unique; the same at every delivery.</param>
/// <param name="Type">What kind of thing: <c>result.submitted</c>.</param>
/// <param name="Subject">What it happened to: the result's id.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Data">JSON object.</param>
/// <param name="TraceParent">What it happened in, as W3C Trace Context writes it; null where nothing traced it.</param>
public sealed record CloudEvent(string Id, string Type, string Subject, DateTimeOffset Time, string Data, string? TraceParent = null)
{
    public const string SpecVersion = "1.0";
    public const string Source = "/pcbench/backend";
    public const string DataContentType = "application/json";
}
