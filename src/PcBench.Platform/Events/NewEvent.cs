using System.Diagnostics;

namespace PcBench.Platform.Events;

/// <summary>An event that is to be told.</summary>
/// <param name="Type">What kind of thing happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Data">JSON object.</param>
public sealed record NewEvent(string Type, string Subject, string Data)
{
    /// <summary>What it happens in. Default: what runs here; one who writes for others gives theirs.</summary>
    public string? TraceParent { get; init; } = CurrentTrace;

    /// <summary>The trace that runs here, as W3C Trace Context writes it.</summary>
    public static string? CurrentTrace => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
}
