using PcBench.Platform.Data;

namespace PcBench.Platform.Events;

/// <summary>Writes an event in the transaction of its cause: both are there or neither.</summary>
public sealed class Outbox(TimeProvider time, EventSignal signal)
{
    private const string Insert = """
        insert into event (id, type, subject, time, data) values (@id, @type, @subject, @time, @data)
        """;

    /// <param name="write">The transaction of the cause.</param>
    /// <param name="type">Type of the event.</param>
    /// <param name="subject">What it happened to.</param>
    /// <param name="data">JSON object.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task AddAsync(Write write, string type, string subject, string data, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await write.Sql(Insert)
            .With("id", Guid.CreateVersion7(now).ToString()).With("type", type).With("subject", subject)
            .With("time", now.ToUnixTimeMilliseconds()).With("data", data)
            .ExecuteAsync(cancel);
        write.OnCommitted(() =>
        {
            signal.Raise();
            return ValueTask.CompletedTask;
        });
    }
}
