namespace PcBench.Platform.Events;

/// <summary>
/// Does something about events. Delivery is at least once and, but for retries, in order: an event comes again after a
/// crash, when a replica took long, or when Redis forgot. So its effect must be keyed by what the event names — the
/// result's id, or the event's own where each counts — and doing it again must find it done: put by key, insert
/// <c>on conflict do nothing</c>, delete what may be gone. What an event says may be out of date by the time it is handled;
/// a consumer looks at the store and makes true what holds now.
/// </summary>
public interface IEventConsumer
{
    /// <summary>Name under which its deliveries are kept; never changed.</summary>
    string Name { get; }

    /// <summary>How many events it is given at once, at most. They are its own until all are handled: so many as take seconds, not minutes.</summary>
    int BatchSize => 1;

    /// <summary>Whether it wants events of this type.</summary>
    bool Wants(string type);

    /// <summary>
    /// Handles one event. An exception means: not done, deliver it again later. <see cref="OutageException"/> means that no
    /// event could be handled now, so all of this consumer's wait and none of them is blamed.
    /// </summary>
    Task HandleAsync(CloudEvent happened, CancellationToken cancel);

    /// <summary>Handles several events at once. After an exception each of them is tried alone, so that one costs no other.</summary>
    async Task HandleAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        foreach (var happened in events)
            await HandleAsync(happened, cancel);
    }
}
