using StackExchange.Redis;

namespace PcBench.Platform.Events.Streams;

/// <summary>An entry of the stream in a consumer's hands.</summary>
/// <param name="Id">Where it is in the stream.</param>
/// <param name="Envelope">As it stands there.</param>
/// <param name="Event">What it says; null where that cannot be read.</param>
/// <param name="OnlyFor">The one consumer that it is for; null for all.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
internal sealed record Delivery(RedisValue Id, string Envelope, CloudEvent? Event, string? OnlyFor, int Attempt)
{
    public static Delivery Of(StreamEntry entry, int attempt)
    {
        string envelope = entry[EventStream.EventField].ToString();
        string? only = entry[EventStream.OnlyField];
        return new Delivery(entry.Id, envelope, EventEnvelope.TryRead(envelope), only, attempt);
    }

    public bool IsFor(IEventConsumer consumer) =>
        OnlyFor is null ? Event is null || consumer.Wants(Event.Type) : OnlyFor == consumer.Name;
}
