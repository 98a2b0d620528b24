using PcBench.Platform.Data;
using PcBench.Platform.Events.Admin;

namespace PcBench.Platform.Events.Embedded;

/// <summary>The hub within one process, for people.</summary>
internal sealed class EmbeddedAdmin(Database database, Outbox outbox, IEnumerable<IEventConsumer> consumers, TimeProvider time)
    : EventAdmin(database, outbox, consumers)
{
    private const string Status = """
        select d.consumer,
            sum(d.dead_at is null and d.attempts = 0), sum(d.dead_at is null and d.attempts > 0), sum(d.dead_at is not null),
            min(case when d.dead_at is null and d.attempts > 0 then e.published_at end)
        from delivery d join event e on e.seq = d.seq group by d.consumer
        """;
    private const string Unpublished = "select count(*) from event where published_at is null";
    private const string List = """
        select d.consumer, e.id, e.type, e.subject, d.attempts, d.dead_at, d.cause
        from delivery d join event e on e.seq = d.seq
        where (@consumer = '' or d.consumer = @consumer) and (d.dead_at is not null) = @dead and d.attempts > 0
        order by case when @dead then -d.dead_at else d.seq end limit @limit
        """;
    private const string Replay = """
        update delivery set attempts = 0, due_at = @now, dead_at = null, cause = null
        where consumer = @consumer and dead_at is not null and seq in (select seq from event where id = @id)
        """;
    private const string ReplaySome = """
        update delivery set attempts = 0, due_at = @now, dead_at = null, cause = null
        where consumer = @consumer and seq in (
            select seq from delivery where consumer = @consumer and dead_at is not null order by seq limit @limit)
        """;

    public override async Task<IReadOnlyList<ConsumerStatus>> StatusAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var unpublished = await Database.Sql(Unpublished).NumberAsync(cancel) ?? 0;
        var rows = await Database.Sql(Status).ListAsync(
            row => new ConsumerStatus(
                row.GetString(0), Consumers.Contains(row.GetString(0)), row.GetInt64(1) + unpublished, row.GetInt64(2),
                row.IsDBNull(4) ? null : now - row.GetTime(4), row.GetInt64(3)),
            cancel);
        return [.. rows, .. Consumers.Except(rows.Select(row => row.Consumer)).Select(name => new ConsumerStatus(name, true, unpublished, 0, null, 0))];
    }

    public override Task<IReadOnlyList<PendingEvent>> PendingAsync(string? consumer, int limit, CancellationToken cancel) =>
        ListAsync(consumer, limit, dead: false, row => new PendingEvent(row.Consumer, row.EventId, row.Type, row.Subject, row.Attempts, null), cancel);

    public override Task<IReadOnlyList<DeadLetter>> DeadAsync(string? consumer, int limit, CancellationToken cancel) =>
        ListAsync(consumer, limit, dead: true, row => row, cancel);

    private protected override async Task<bool> ReplayAsync(Write write, string consumer, string eventId, CancellationToken cancel) =>
        await write.Sql(Replay).With("consumer", consumer).With("id", eventId).With("now", Now).ExecuteAsync(cancel) > 0;

    private protected override Task<int> ReplaySomeAsync(Write write, string consumer, int limit, CancellationToken cancel) =>
        write.Sql(ReplaySome).With("consumer", consumer).With("limit", limit).With("now", Now).ExecuteAsync(cancel);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<T>> ListAsync<T>(string? consumer, int limit, bool dead, Func<DeadLetter, T> view, CancellationToken cancel) =>
        await Database.Sql(List).With("consumer", consumer ?? "").With("dead", dead).With("limit", limit).ListAsync(
            row => view(new DeadLetter(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4),
                row.IsDBNull(5) ? default : row.GetTime(5), row.TextOrNull(6) ?? "")),
            cancel);
}
