namespace PcBench.Platform.Events.Admin;

/// <summary>Where a consumer stands.</summary>
/// <param name="Consumer">Its name.</param>
/// <param name="IsKnown">Whether this release has it. What waits for another's does not keep events in the outbox.</param>
/// <param name="Lag">Events that it was not given yet; null where Redis cannot tell.</param>
/// <param name="Pending">Events that it was given and has not handled.</param>
/// <param name="OldestPending">How long the oldest of them has been in the queue; null where there is none.</param>
/// <param name="Dead">Events that it could not handle.</param>
public sealed record ConsumerStatus(string Consumer, bool IsKnown, long? Lag, long Pending, TimeSpan? OldestPending, long Dead);

/// <summary>An event that a consumer was given and has not handled.</summary>
/// <param name="Consumer">Its name.</param>
/// <param name="EventId">Id of the event.</param>
/// <param name="Type">What kind of thing happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Replica">Which replica has it; null on the embedded store.</param>
public sealed record PendingEvent(string Consumer, string EventId, string Type, string Subject, int Attempts, string? Replica);

/// <summary>An event that a consumer could not handle.</summary>
/// <param name="Consumer">Its name.</param>
/// <param name="EventId">Id of the event.</param>
/// <param name="Type">What kind of thing happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="Cause">Why the last attempt failed.</param>
public sealed record DeadLetter(string Consumer, string EventId, string Type, string Subject, int Attempts, DateTimeOffset DeadAt, string Cause);
