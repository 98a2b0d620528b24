namespace PcBench.Platform.Events;

/// <summary>Does something about events. Delivery is at least once, so handling an event twice must have one effect.</summary>
public interface IEventConsumer
{
    /// <summary>Name under which its deliveries are kept; never changed.</summary>
    string Name { get; }

    /// <summary>Whether it wants events of this type.</summary>
    bool Wants(string type);

    /// <summary>Handles one event. An exception means: not done, deliver it again later.</summary>
    Task HandleAsync(CloudEvent happened, CancellationToken cancel);
}
