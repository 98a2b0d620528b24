using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Embedded;

/// <summary>
/// Carries events from the outbox to the consumers of this process, by tables of the embedded store. Each consumer has a
/// loop of its own: one that fails or is slow holds up no other.
/// </summary>
internal sealed partial class EmbeddedHub(
    Database database, IEnumerable<IEventConsumer> consumers, Handling handling, EventSignal signal, EventMetrics metrics, TimeProvider time,
    ILogger<EmbeddedHub> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private readonly IReadOnlyList<IEventConsumer> consumers = [.. consumers];
    private long? counted;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([RepeatAsync("relay", PublishAsync, stoppingToken), .. consumers.Select(consumer =>
            RepeatAsync(consumer.Name, cancel => DeliverAsync(consumer, cancel), stoppingToken))]);

    private async Task RepeatAsync(string name, Func<CancellationToken, Task<bool>> step, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var wakeUp = signal.Next;
            var more = false;
            try
            {
                more = await step(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.LoopFailed(logger, error, name);
            }

            if (!more)
                await signal.WaitAsync(wakeUp, Poll, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> PublishAsync(CancellationToken cancel)
    {
        if (counted is not { } at || time.GetElapsedTime(at) >= BetweenCounts)
        {
            metrics.Set(await EmbeddedSql.MeasureAsync(database, consumers.Select(consumer => consumer.Name), cancel));
            counted = time.GetTimestamp();
        }

        var events = await EmbeddedSql.UnpublishedAsync(database, cancel);
        if (events.Count == 0)
            return false;
        var now = time.GetUtcNow();
        await database.WriteAsync(async (write, token) =>
        {
            foreach (var (seq, type) in events)
            {
                var wanting = consumers.Where(consumer => consumer.Wants(type)).Select(consumer => consumer.Name);
                await EmbeddedSql.PublishAsync(write, seq, wanting, now.ToUnixTimeMilliseconds(), token);
            }

            await EmbeddedSql.ForgetAsync(write, (now - Memory).ToUnixTimeMilliseconds(), token);
        }, cancel);
        metrics.Published(events.Count);
        foreach (var (_, type) in events)
            metrics.SawRelease(type, now);
        signal.Raise();
        return true;
    }

    private async Task<bool> DeliverAsync(IEventConsumer consumer, CancellationToken cancel)
    {
        var deliveries = await EmbeddedSql.DueAsync(database, consumer.Name, Now, cancel);
        if (deliveries.Count == 0)
            return false;
        var failures = new List<Failure>();
        foreach (var batch in BatchesOf(deliveries, consumer.BatchSize))
        {
            var causes = await handling.RunAsync(consumer, [.. batch.Select(delivery => delivery.Event)], cancel);
            failures.AddRange(batch.Zip(causes).Where(tried => tried.Second is not null).Select(tried => Failed(consumer, tried.First, tried.Second!)));
        }

        var failed = failures.ToDictionary(failure => failure.Seq);
        await database.WriteAsync(async (write, token) =>
        {
            foreach (var delivery in deliveries)
            {
                await (failed.TryGetValue(delivery.Seq, out var failure)
                    ? EmbeddedSql.FailedAsync(write, consumer.Name, failure, token)
                    : EmbeddedSql.HandledAsync(write, consumer.Name, delivery.Seq, token));
            }
        }, cancel);
        return true;
    }

    // What failed before is tried alone: its next time is its own.
    private static IEnumerable<Delivery[]> BatchesOf(List<Delivery> deliveries, int size) =>
        deliveries.Where(delivery => delivery.Attempts > 0).Select(delivery => (Delivery[])[delivery])
            .Concat(deliveries.Where(delivery => delivery.Attempts == 0).Chunk(size));

    private Failure Failed(IEventConsumer consumer, Delivery delivery, Exception error)
    {
        var attempts = delivery.Attempts + 1;
        var dead = attempts >= Retries.MaxAttempts;
        Log.DeliveryFailed(logger, error, delivery.Event.Type, consumer.Name, attempts, dead);
        metrics.Handled(consumer.Name, dead ? "dead" : "retry");
        return new Failure(
            delivery.Seq, attempts, Now + (long)Retries.DelayAfter(attempts).TotalMilliseconds, dead ? Now : null, Retries.CauseOf(error));
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Event loop {Name} failed and goes on")]
        public static partial void LoopFailed(ILogger logger, Exception error, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} failed on {Type}, attempt {Attempt}, dead: {Dead}")]
        public static partial void DeliveryFailed(ILogger logger, Exception error, string type, string consumer, int attempt, bool dead);
    }
}
