using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Streams;

/// <summary>What consumers could not handle, in the store: Redis may forget.</summary>
internal static class DeadLetterSql
{
    private const string Add = """
        insert into dead_letter (consumer, event_id, event, attempts, dead_at, cause) values (@consumer, @id, @event, @attempts, @now, @cause)
        on conflict (consumer, event_id) do update set attempts = excluded.attempts, dead_at = excluded.dead_at, cause = excluded.cause
        """;
    private const string List = """
        select consumer, event_id, event, attempts, dead_at, cause from dead_letter
        where @consumer = '' or consumer = @consumer
        order by dead_at desc, event_id limit @limit
        """;
    private const string Take = "delete from dead_letter where consumer = @consumer and event_id = @id returning event";
    private const string TakeSome = """
        with oldest as (select event_id from dead_letter where consumer = @consumer order by dead_at, event_id limit @limit)
        delete from dead_letter d using oldest where d.consumer = @consumer and d.event_id = oldest.event_id
        returning d.event
        """;

    public sealed record Row(string Consumer, string EventId, string Envelope, int Attempts, DateTimeOffset DeadAt, string Cause);

    public static Task<int> AddAsync(Database database, Row row, CancellationToken cancel) =>
        database.Sql(Add).With("consumer", row.Consumer).With("id", row.EventId).With("event", row.Envelope).With("attempts", row.Attempts)
            .With("now", row.DeadAt.ToUnixTimeMilliseconds()).With("cause", row.Cause)
            .ExecuteAsync(cancel);

    /// <param name="database">Where they are.</param>
    /// <param name="consumer">Whose; null for all.</param>
    /// <param name="limit">At most so many, the newest first.</param>
    /// <param name="cancel">Stops it.</param>
    public static Task<List<Row>> ListAsync(Database database, string? consumer, int limit, CancellationToken cancel) =>
        database.Sql(List).With("consumer", consumer ?? "").With("limit", limit).ListAsync(
            row => new Row(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetTime(4), row.GetString(5)), cancel);

    /// <returns>The envelope of one that was there and is not any more.</returns>
    public static Task<string?> TakeAsync(Write write, string consumer, string eventId, CancellationToken cancel) =>
        write.Sql(Take).With("consumer", consumer).With("id", eventId).FirstAsync(row => row.GetString(0), cancel);

    /// <returns>The envelopes of some, the oldest, that are not there any more.</returns>
    public static Task<List<string>> TakeSomeAsync(Write write, string consumer, int limit, CancellationToken cancel) =>
        write.Sql(TakeSome).With("consumer", consumer).With("limit", limit).ListAsync(row => row.GetString(0), cancel);
}
