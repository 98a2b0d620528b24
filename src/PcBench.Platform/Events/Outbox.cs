using PcBench.Platform.Data;

namespace PcBench.Platform.Events;

/// <summary>Writes events in the transaction of their cause: both are there or neither.</summary>
public sealed class Outbox(TimeProvider time, EventSignal signal)
{
    private const string Insert = """
        insert into event (id, type, subject, time, data, trace) values (@id, @type, @subject, @time, @data, @trace)
        """;

    // Any number of events in one statement, which is planned once; they are numbered in the order of the arrays.
    private const string InsertMany = """
        insert into event (id, type, subject, time, data, trace, only_for)
        select id, type, subject, time, data, trace, only_for
        from unnest(@id, @type, @subject, @time, @data, @trace, @only) with ordinality as e(id, type, subject, time, data, trace, only_for, place)
        order by place
        """;

    /// <param name="write">The transaction of the cause.</param>
    /// <param name="type">Type of the event.</param>
    /// <param name="subject">What it happened to.</param>
    /// <param name="data">JSON object.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Id of the event.</returns>
    public async Task<string> AddAsync(Write write, string type, string subject, string data, CancellationToken cancel) =>
        (await AddAsync(write, [new NewEvent(type, subject, data)], cancel))[0];

    /// <summary>Adds many at once, in their order.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(Write write, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var added = events.Select(given => new CloudEvent(
            Guid.CreateVersion7(now).ToString(), given.Type, given.Subject, now, given.Data, given.TraceParent)).ToArray();
        await AddAsync(write, added, onlyFor: null, cancel);
        return [.. added.Select(happened => happened.Id)];
    }

    /// <summary>Adds events as they are.</summary>
    /// <param name="write">The transaction of the cause.</param>
    /// <param name="events">With their ids.</param>
    /// <param name="onlyFor">The one consumer that they are for; null for all. On PostgreSQL alone.</param>
    /// <param name="cancel">Stops it.</param>
    internal async Task AddAsync(Write write, IReadOnlyList<CloudEvent> events, string? onlyFor, CancellationToken cancel)
    {
        if (events.Count == 0)
            return;
        if (write.Dialect == Dialect.Postgres && (events.Count > 1 || onlyFor is not null))
            await InsertManyAsync(write, events, onlyFor, cancel);
        else
            await InsertEachAsync(write, events, cancel);
        write.OnCommitted(signal.Raise);
    }

    private static Task<int> InsertManyAsync(Write write, IReadOnlyList<CloudEvent> events, string? onlyFor, CancellationToken cancel) =>
        write.Sql(InsertMany)
            .With("id", Column(events, happened => happened.Id)).With("type", Column(events, happened => happened.Type))
            .With("subject", Column(events, happened => happened.Subject)).With("time", Column(events, happened => happened.Time.ToUnixTimeMilliseconds()))
            .With("data", Column(events, happened => happened.Data)).With("trace", Column(events, happened => happened.TraceParent))
            .With("only", Column(events, _ => onlyFor))
            .ExecuteAsync(cancel);

    private static async Task InsertEachAsync(Write write, IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        var insert = write.Sql(Insert);
        foreach (var happened in events)
        {
            await insert.With("id", happened.Id).With("type", happened.Type).With("subject", happened.Subject)
                .With("time", happened.Time.ToUnixTimeMilliseconds()).With("data", happened.Data).With("trace", happened.TraceParent)
                .ExecuteAsync(cancel);
        }
    }

    private static T[] Column<T>(IReadOnlyList<CloudEvent> events, Func<CloudEvent, T> value) => [.. events.Select(value)];
}
