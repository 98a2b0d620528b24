using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Admin;

/// <summary>What people may see of the hub and do to it.</summary>
public abstract class EventAdmin
{
    private protected EventAdmin(Database database, Outbox outbox, IEnumerable<IEventConsumer> consumers)
    {
        (Database, Outbox) = (database, outbox);
        Consumers = [.. consumers.Select(consumer => consumer.Name)];
    }

    /// <summary>Names of the consumers of this release.</summary>
    public IReadOnlyList<string> Consumers { get; }

    private protected Database Database { get; }

    private protected Outbox Outbox { get; }

    /// <summary>Where each consumer stands.</summary>
    /// <exception cref="OutageException">Redis does not answer.</exception>
    public abstract Task<IReadOnlyList<ConsumerStatus>> StatusAsync(CancellationToken cancel);

    /// <summary>What consumers were given and have not handled, the oldest first.</summary>
    /// <param name="consumer">Whose; null for all.</param>
    /// <param name="limit">At most so many of each.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="OutageException">Redis does not answer.</exception>
    public abstract Task<IReadOnlyList<PendingEvent>> PendingAsync(string? consumer, int limit, CancellationToken cancel);

    /// <summary>What consumers could not handle, the latest first.</summary>
    /// <param name="consumer">Whose; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Stops it.</param>
    public abstract Task<IReadOnlyList<DeadLetter>> DeadAsync(string? consumer, int limit, CancellationToken cancel);

    /// <summary>Lets a consumer try a dead letter again, as if it were new. No other consumer is given it.</summary>
    /// <param name="consumer">One of <see cref="Consumers"/>.</param>
    /// <param name="eventId">Id of the event.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> ReplayAsync(string consumer, string eventId, CancellationToken cancel)
    {
        Require(consumer);
        return Database.WriteAsync((write, token) => ReplayAsync(write, consumer, eventId, token), cancel);
    }

    /// <summary>Lets a consumer try all its dead letters again.</summary>
    /// <param name="consumer">One of <see cref="Consumers"/>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> ReplayAllAsync(string consumer, CancellationToken cancel)
    {
        const int some = 1_000;
        Require(consumer);
        var all = 0;
        for (var count = some; count == some; all += count)
            count = await Database.WriteAsync((write, token) => ReplaySomeAsync(write, consumer, some, token), cancel);
        return all;
    }

    /// <summary>Tells an event from outside, such as a release.</summary>
    /// <param name="type">As <see cref="OutsideEvent.Problem"/> allows it.</param>
    /// <param name="subject">What it happened to.</param>
    /// <param name="data">JSON object.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Id of the event.</returns>
    /// <exception cref="ArgumentException">Something of it is not allowed.</exception>
    public Task<string> PublishAsync(string type, string subject, string data, CancellationToken cancel) =>
        OutsideEvent.Problem(type, subject, data) is { } problem
            ? throw new ArgumentException(problem)
            : Database.WriteAsync((write, token) => Outbox.AddAsync(write, type, subject, data, token), cancel);

    private protected abstract Task<bool> ReplayAsync(Write write, string consumer, string eventId, CancellationToken cancel);

    private protected abstract Task<int> ReplaySomeAsync(Write write, string consumer, int limit, CancellationToken cancel);

    private void Require(string consumer)
    {
        if (!Consumers.Contains(consumer))
            throw new ArgumentException($"There is no consumer '{consumer}' in this release.", nameof(consumer));
    }
}
