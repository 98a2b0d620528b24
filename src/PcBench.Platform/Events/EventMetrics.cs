using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PcBench.Platform.Events;

/// <summary>What the leader saw last.</summary>
/// <param name="Unpublished">Rows of the outbox that wait; at most <see cref="MostCounted"/> are counted.</param>
/// <param name="OldestSince">When the oldest of them happened; null where none waits.</param>
/// <param name="Lag">For each consumer, how many events it was not given yet.</param>
/// <param name="Dead">For each consumer, how many events wait for a person.</param>
internal sealed record HubLevels(long Unpublished, DateTimeOffset? OldestSince, IReadOnlyDictionary<string, long> Lag, IReadOnlyDictionary<string, long> Dead)
{
    public const int MostCounted = 100_000;
}

/// <summary>The figures of the hub. Levels come from the replica that leads alone, and are read here without asking anybody.</summary>
internal sealed class EventMetrics
{
    public const string Name = "PcBench.Events";

    private const string ReleaseType = "release.";

    /// <summary>Where consumers' activities start.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private readonly Counter<long> published;
    private readonly Counter<long> handled;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> delay;
    private readonly ConcurrentDictionary<string, DateTimeOffset> releases = new();
    private readonly TimeProvider time;
    private HubLevels? levels;

    public EventMetrics(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(Name);
        published = meter.CreateCounter<long>("pcbench.events.published", "{event}", "Events that went from the outbox to the consumers' queue.");
        handled = meter.CreateCounter<long>("pcbench.events.handled", "{event}", "Attempts of consumers to handle an event: ok, retry or dead.");
        duration = meter.CreateHistogram<double>("pcbench.events.handle.duration", "s", "How long a consumer took for a batch.");
        delay = meter.CreateHistogram<double>("pcbench.events.delay", "s", "From what happened until a consumer had handled it.");
        meter.CreateObservableGauge("pcbench.events.relay.active", () => Volatile.Read(ref levels) is null ? 0 : 1, null, "1 in the replica that publishes events, which is one of all.");
        meter.CreateObservableGauge("pcbench.events.outbox.age", OutboxAge, "s", "For how long the oldest event that is not published has waited; 0 where none waits.");
        meter.CreateObservableGauge("pcbench.release.timestamp", Releases, "s", "When a release last ended so, Unix time; as far as the replica that publishes events has seen.");
        meter.CreateObservableGauge("pcbench.events.outbox", Outbox, "{event}", "Events that are not published yet.");
        meter.CreateObservableGauge("pcbench.events.lag", () => OfConsumers(seen => seen.Lag), "{event}", "Events that a consumer was not given yet.");
        meter.CreateObservableGauge("pcbench.events.dead", () => OfConsumers(seen => seen.Dead), "{event}", "Events that a consumer could not handle and that wait for a person.");
    }

    public void Published(int count) => published.Add(count);

    /// <summary>Notes how a release ended, for alerts: Prometheus remembers what each replica has seen.</summary>
    public void SawRelease(string type, DateTimeOffset happened)
    {
        // Known ones alone: whoever publishes events names their types.
        if (type is ReleaseType + "verified" or ReleaseType + "failed" or ReleaseType + "rolledback" or ReleaseType + "interrupted")
            releases[type[ReleaseType.Length..]] = happened;
    }

    /// <summary>Notes that a consumer has handled what happened then.</summary>
    public void Reached(string consumer, DateTimeOffset happened) =>
        delay.Record(Math.Max(0, (time.GetUtcNow() - happened).TotalSeconds), new KeyValuePair<string, object?>("consumer", consumer));

    public void Handled(string consumer, string outcome, int count = 1) =>
        handled.Add(count, new("consumer", consumer), new KeyValuePair<string, object?>("outcome", outcome));

    public void Took(string consumer, TimeSpan time) => duration.Record(time.TotalSeconds, new KeyValuePair<string, object?>("consumer", consumer));

    /// <summary>Sets the levels; null where this replica does not lead any more.</summary>
    public void Set(HubLevels? seen) => Volatile.Write(ref levels, seen);

    private IEnumerable<Measurement<long>> Outbox() => Volatile.Read(ref levels) is { } seen ? [new Measurement<long>(seen.Unpublished)] : [];

    private IEnumerable<Measurement<double>> OutboxAge() => Volatile.Read(ref levels) is { } seen
        ? [new Measurement<double>(seen.OldestSince is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0)]
        : [];

    private IEnumerable<Measurement<double>> Releases() => releases.Select(release =>
        new Measurement<double>(release.Value.ToUnixTimeMilliseconds() / 1000.0, new KeyValuePair<string, object?>("outcome", release.Key)));

    private IEnumerable<Measurement<long>> OfConsumers(Func<HubLevels, IReadOnlyDictionary<string, long>> level) =>
        Volatile.Read(ref levels) is { } seen
            ? level(seen).Select(of => new Measurement<long>(of.Value, new KeyValuePair<string, object?>("consumer", of.Key)))
            : [];
}
