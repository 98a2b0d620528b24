using PcBench.Platform.Data;
using PcBench.Platform.Events.Admin;

namespace PcBench.Platform.Events.Streams;

/// <summary>The hub between replicas, for people.</summary>
internal sealed class StreamAdmin(Database database, Outbox outbox, IEnumerable<IEventConsumer> consumers, EventStream stream, TimeProvider time)
    : EventAdmin(database, outbox, consumers)
{
    public override async Task<IReadOnlyList<ConsumerStatus>> StatusAsync(CancellationToken cancel)
    {
        var groups = (await AskAsync(stream.GroupsAsync)).ToDictionary(group => group.Name);
        var unpublished = await RelaySql.CountUnpublishedAsync(Database, HubLevels.MostCounted, cancel);
        var dead = await RelaySql.CountDeadAsync(Database, cancel);
        var status = new List<ConsumerStatus>();
        foreach (var name in Consumers.Concat(groups.Keys.Concat(dead.Keys).Except(Consumers).Order(StringComparer.Ordinal)))
        {
            var there = groups.TryGetValue(name, out var group);
            var oldest = there && group.PendingMessageCount > 0 ? (await AskAsync(() => stream.PendingAsync(name, 1))).FirstOrDefault() : default;
            status.Add(new ConsumerStatus(
                name, Consumers.Contains(name), there ? group.Lag + unpublished : unpublished, there ? group.PendingMessageCount : 0,
                oldest.MessageId.IsNull ? null : time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(StreamId.Parse(oldest.MessageId).Time),
                dead.GetValueOrDefault(name)));
        }

        return status;
    }

    public override async Task<IReadOnlyList<PendingEvent>> PendingAsync(string? consumer, int limit, CancellationToken cancel)
    {
        var found = new List<PendingEvent>();
        foreach (var group in (await AskAsync(stream.GroupsAsync)).Where(group => consumer is null || group.Name == consumer))
        {
            foreach (var entry in await AskAsync(() => stream.PendingAsync(group.Name, limit)))
            {
                if (await AskAsync(() => stream.FindAsync(entry.MessageId)) is { } there && Delivery.Of(there, entry.DeliveryCount).Event is { } happened)
                    found.Add(new PendingEvent(group.Name, happened.Id, happened.Type, happened.Subject, entry.DeliveryCount, entry.ConsumerName));
            }
        }

        return found;
    }

    public override async Task<IReadOnlyList<DeadLetter>> DeadAsync(string? consumer, int limit, CancellationToken cancel) =>
    [
        .. from row in await DeadLetterSql.ListAsync(Database, consumer, limit, cancel)
           let happened = EventEnvelope.TryRead(row.Envelope)
           select new DeadLetter(row.Consumer, row.EventId, happened?.Type ?? "", happened?.Subject ?? "", row.Attempts, row.DeadAt, row.Cause),
    ];

    // By the outbox, and not straight to Redis: that may be away, or forget it before it was handled.
    private protected override async Task<bool> ReplayAsync(Write write, string consumer, string eventId, CancellationToken cancel)
    {
        if (await DeadLetterSql.TakeAsync(write, consumer, eventId, cancel) is not { } envelope)
            return false;
        await Outbox.AddAsync(write, [Read(envelope)], onlyFor: consumer, cancel);
        return true;
    }

    private protected override async Task<int> ReplaySomeAsync(Write write, string consumer, int limit, CancellationToken cancel)
    {
        var envelopes = await DeadLetterSql.TakeSomeAsync(write, consumer, limit, cancel);
        await Outbox.AddAsync(write, [.. envelopes.Select(Read)], onlyFor: consumer, cancel);
        return envelopes.Count;
    }

    private static CloudEvent Read(string envelope) =>
        EventEnvelope.TryRead(envelope) ?? throw new InvalidOperationException("A dead letter's envelope cannot be read, so it cannot be replayed.");

    private async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question();
        }
        catch (Exception error) when (stream.Failed(error))
        {
            throw new OutageException("Redis does not answer.", error);
        }
    }
}
