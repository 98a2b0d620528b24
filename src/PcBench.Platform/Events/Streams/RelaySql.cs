using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Streams;

/// <summary>The outbox, as the one who publishes sees it.</summary>
internal static class RelaySql
{
    /// <summary>How many rows a statement takes at most where it empties or resets the outbox.</summary>
    public const int Many = 5_000;

    // Not "seq > the last one": a row's number is taken before its transaction commits, so a lower one may show later.
    internal const string Unpublished = """
        select seq, id, type, subject, time, data, trace, only_for from event where published_at is null order by seq limit 500
        """;
    internal const string CountUnpublished = "select count(*) from (select 1 from event where published_at is null limit @most) as few";
    internal const string OldestUnpublished = "select time from event where published_at is null order by seq limit 1";

    // The server keeps the plan. One that was made while nothing waited would read the whole table ever after.
    private const string Mark = """
        select set_config('enable_seqscan', 'off', true);
        update event set published_at = p.time, stream_no = p.no
        from unnest(@seqs, @times, @nos) as p(seq, time, no)
        where event.seq = p.seq
        """;
    internal const string Newest = """
        select published_at, stream_no from event where published_at is not null order by published_at desc, stream_no desc limit 1
        """;

    // By an array, which is looked up row by row: a join would read the whole table where that is long.
    private const string Reset = """
        update event set published_at = null, stream_no = null
        where seq = any (array(select seq from event where published_at is not null order by published_at, stream_no limit @many))
        """;
    internal const string Forget = """
        delete from event where seq = any (array(
            select e.seq from event e
            where e.published_at is not null and (e.published_at, e.stream_no) <= (@time, @no)
                and not exists (select 1 from unnest(@times, @nos) as k(time, no) where k.time = e.published_at and k.no = e.stream_no)
            order by e.published_at, e.stream_no limit @many))
        """;
    internal const string CountDead = "select consumer, count(*) from dead_letter group by consumer";

    public static Task<List<OutboxEvent>> UnpublishedAsync(Database database, CancellationToken cancel) =>
        database.Sql(Unpublished).ListAsync(
            row => new OutboxEvent(
                row.GetInt64(0),
                new CloudEvent(row.GetString(1), row.GetString(2), row.GetString(3), row.GetTime(4), row.GetString(5), row.TextOrNull(6)),
                row.TextOrNull(7)),
            cancel);

    public static async Task<long> CountUnpublishedAsync(Database database, int most, CancellationToken cancel) =>
        await database.Sql(CountUnpublished).With("most", most).NumberAsync(cancel) ?? 0;

    public static async Task<DateTimeOffset?> OldestUnpublishedAsync(Database database, CancellationToken cancel) =>
        await database.Sql(OldestUnpublished).NumberAsync(cancel) is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    public static async Task<Dictionary<string, long>> CountDeadAsync(Database database, CancellationToken cancel) =>
        (await database.Sql(CountDead).ListAsync(row => (Consumer: row.GetString(0), Count: row.GetInt64(1)), cancel))
            .ToDictionary(row => row.Consumer, row => row.Count);

    public static Task<int> MarkAsync(Write write, IReadOnlyList<OutboxEvent> events, IReadOnlyList<StreamId> ids, CancellationToken cancel) =>
        write.Sql(Mark).With("seqs", events.Select(happened => happened.Seq).ToArray())
            .With("times", ids.Select(id => id.Time).ToArray()).With("nos", ids.Select(id => id.No).ToArray())
            .ExecuteAsync(cancel);

    /// <returns>The last one in the stream of those that are still here; zero where there is none.</returns>
    public static async Task<StreamId> NewestAsync(Database database, CancellationToken cancel) =>
        (await database.Sql(Newest).ListAsync(row => new StreamId(row.GetInt64(0), row.GetInt64(1)), cancel)).FirstOrDefault();

    /// <returns>How many rows are to be published again.</returns>
    public static Task<int> ResetAsync(Write write, CancellationToken cancel) => write.Sql(Reset).With("many", Many).ExecuteAsync(cancel);

    /// <returns>How many rows went.</returns>
    public static Task<int> ForgetAsync(Write write, StreamId horizon, IReadOnlyList<StreamId> except, CancellationToken cancel) =>
        write.Sql(Forget).With("time", horizon.Time).With("no", horizon.No)
            .With("times", except.Select(id => id.Time).ToArray()).With("nos", except.Select(id => id.No).ToArray()).With("many", Many)
            .ExecuteAsync(cancel);
}
