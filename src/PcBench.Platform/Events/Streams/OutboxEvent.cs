namespace PcBench.Platform.Events.Streams;

/// <summary>A row of the outbox that is to be published.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Event">What happened.</param>
/// <param name="OnlyFor">The one consumer that it is for; null for all.</param>
internal sealed record OutboxEvent(long Seq, CloudEvent Event, string? OnlyFor);
