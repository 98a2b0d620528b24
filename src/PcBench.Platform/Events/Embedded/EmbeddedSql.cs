using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Embedded;

/// <summary>A delivery that is due.</summary>
internal sealed record Delivery(long Seq, int Attempts, CloudEvent Event);

/// <summary>
/// The tables of events in the embedded store. A row of <c>event</c> is published once it has a row of <c>delivery</c> for every consumer that
/// wants it; a delivery's row goes when it was handled, and stays, with the cause, when it is dead.
/// </summary>
internal static class EmbeddedSql
{
    internal const string Unpublished = "select seq, type from event where published_at is null order by seq limit 100";
    private const string AddDelivery = "insert into delivery (consumer, seq, attempts, due_at) values (@consumer, @seq, 0, @now)";
    private const string MarkPublished = "update event set published_at = @now where seq = @seq";
    private const string CountUnpublished = "select count(*) from (select 1 from event where published_at is null limit @most)";
    private const string OldestUnpublished = "select time from event where published_at is null order by seq limit 1";
    private const string CountDeliveries = "select consumer, sum(dead_at is null), sum(dead_at is not null) from delivery group by consumer";
    internal const string Due = """
        select d.seq, d.attempts, e.id, e.type, e.subject, e.time, e.data, e.trace
        from delivery d join event e on e.seq = d.seq
        where d.consumer = @consumer and d.dead_at is null and (d.due_at <= @now or d.due_at > @latest)
        order by d.seq limit 50
        """;
    private const string Handled = "delete from delivery where consumer = @consumer and seq = @seq";
    private const string Failed = """
        update delivery set attempts = @attempts, due_at = @due, dead_at = @dead, cause = @cause
        where consumer = @consumer and seq = @seq
        """;
    internal const string Forget = """
        delete from event where published_at < @before and not exists (select 1 from delivery d where d.seq = event.seq)
        """;

    public static Task<List<(long Seq, string Type)>> UnpublishedAsync(Database database, CancellationToken cancel) =>
        database.Sql(Unpublished).ListAsync(row => (row.GetInt64(0), row.GetString(1)), cancel);

    /// <summary>What waits, and for whom.</summary>
    public static async Task<HubLevels> MeasureAsync(Database database, IEnumerable<string> consumers, CancellationToken cancel)
    {
        var waiting = (await database.Sql(CountDeliveries).ListAsync(row => (Consumer: row.GetString(0), Lag: row.GetInt64(1), Dead: row.GetInt64(2)), cancel))
            .ToDictionary(row => row.Consumer);
        var oldest = await database.Sql(OldestUnpublished).NumberAsync(cancel);
        return new HubLevels(
            await database.Sql(CountUnpublished).With("most", HubLevels.MostCounted).NumberAsync(cancel) ?? 0,
            oldest is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
            consumers.ToDictionary(name => name, name => waiting.GetValueOrDefault(name).Lag),
            consumers.ToDictionary(name => name, name => waiting.GetValueOrDefault(name).Dead));
    }

    public static async Task PublishAsync(Write write, long seq, IEnumerable<string> consumers, long now, CancellationToken cancel)
    {
        foreach (var consumer in consumers)
            await write.Sql(AddDelivery).With("consumer", consumer).With("seq", seq).With("now", now).ExecuteAsync(cancel);
        await write.Sql(MarkPublished).With("seq", seq).With("now", now).ExecuteAsync(cancel);
    }

    /// <summary>What is to be tried now. A time beyond the longest pause was written before the clock was set back.</summary>
    public static Task<List<Delivery>> DueAsync(Database database, string consumer, long now, CancellationToken cancel) =>
        database.Sql(Due).With("consumer", consumer).With("now", now).With("latest", now + (long)Retries.LongestDelay.TotalMilliseconds).ListAsync(
            row => new Delivery(row.GetInt64(0), row.GetInt32(1),
                new CloudEvent(row.GetString(2), row.GetString(3), row.GetString(4), row.GetTime(5), row.GetString(6), row.TextOrNull(7))),
            cancel);

    public static Task HandledAsync(Write write, string consumer, long seq, CancellationToken cancel) =>
        write.Sql(Handled).With("consumer", consumer).With("seq", seq).ExecuteAsync(cancel);

    public static Task FailedAsync(Write write, string consumer, Failure failure, CancellationToken cancel) =>
        write.Sql(Failed).With("consumer", consumer).With("seq", failure.Seq).With("attempts", failure.Attempts)
            .With("due", failure.DueAt).With("dead", failure.DeadAt).With("cause", failure.Cause)
            .ExecuteAsync(cancel);

    public static Task ForgetAsync(Write write, long before, CancellationToken cancel) =>
        write.Sql(Forget).With("before", before).ExecuteAsync(cancel);
}

/// <summary>A delivery that was not handled.</summary>
internal sealed record Failure(long Seq, int Attempts, long DueAt, long? DeadAt, string Cause);
