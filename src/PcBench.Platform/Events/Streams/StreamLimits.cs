namespace PcBench.Platform.Events.Streams;

/// <summary>
/// How long the stream may get. Only what every consumer has acknowledged is ever taken from it; an entry is about 500 bytes.
/// </summary>
/// <param name="Kept">Entries that stay after they were handled, for consumers that a later release brings.</param>
/// <param name="Most">With so many entries the relay waits until some were handled. The rest waits in the outbox, on disk.</param>
/// <param name="Dead">Entries of the stream of dead letters, about.</param>
/// <param name="GoneHours">Hours without a sign of a replica after which its name is taken out of the groups.</param>
internal sealed record StreamLimits(int Kept = 200_000, int Most = 1_000_000, int Dead = 10_000, int GoneHours = 24);
