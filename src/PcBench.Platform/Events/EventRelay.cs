using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;

namespace PcBench.Platform.Events;

/// <summary>
/// Carries events from the outbox to the consumers of this process. Each consumer has a loop of its own: one that fails
/// or is slow holds up no other.
/// </summary>
public sealed partial class EventRelay(
    Database database, IEnumerable<IEventConsumer> consumers, EventSignal signal, TimeProvider time, ILogger<EventRelay> logger) : BackgroundService
{
    /// <summary>After so many failures, the last of them an hour after the first, a delivery is dead and waits for a person.</summary>
    internal const int MaxAttempts = 70;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private readonly IReadOnlyList<IEventConsumer> consumers = [.. consumers];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([RepeatAsync("relay", PublishAsync, stoppingToken), .. consumers.Select(consumer =>
            RepeatAsync(consumer.Name, cancel => DeliverAsync(consumer, cancel), stoppingToken))]);

    /// <summary>How long after its n-th failure a delivery is tried again: 100 ms, doubling, at most a minute.</summary>
    internal static TimeSpan DelayAfter(int attempts) => TimeSpan.FromMilliseconds(Math.Min(60_000, 100 * Math.Pow(2, attempts - 1)));

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
        var events = await EventSql.UnpublishedAsync(database, cancel);
        if (events.Count == 0)
            return false;
        var now = time.GetUtcNow();
        await database.WriteAsync(async (write, token) =>
        {
            foreach (var (seq, type) in events)
            {
                var wanting = consumers.Where(consumer => consumer.Wants(type)).Select(consumer => consumer.Name);
                await EventSql.PublishAsync(write, seq, wanting, now.ToUnixTimeMilliseconds(), token);
            }

            await EventSql.ForgetAsync(write, (now - Memory).ToUnixTimeMilliseconds(), token);
            return true;
        }, cancel);
        signal.Raise();
        return true;
    }

    private async Task<bool> DeliverAsync(IEventConsumer consumer, CancellationToken cancel)
    {
        var deliveries = await EventSql.DueAsync(database, consumer.Name, time.GetUtcNow().ToUnixTimeMilliseconds(), cancel);
        if (deliveries.Count == 0)
            return false;
        var failures = new Dictionary<long, Failure>();
        foreach (var delivery in deliveries)
        {
            if (await TryHandleAsync(consumer, delivery, cancel) is { } failure)
                failures[delivery.Seq] = failure;
        }

        await database.WriteAsync(async (write, token) =>
        {
            foreach (var delivery in deliveries)
            {
                await (failures.TryGetValue(delivery.Seq, out var failure)
                    ? EventSql.FailedAsync(write, consumer.Name, failure, token)
                    : EventSql.HandledAsync(write, consumer.Name, delivery.Seq, token));
            }

            return true;
        }, cancel);
        return true;
    }

    private async Task<Failure?> TryHandleAsync(IEventConsumer consumer, Delivery delivery, CancellationToken cancel)
    {
        try
        {
            await consumer.HandleAsync(delivery.Event, cancel);
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            var attempts = delivery.Attempts + 1;
            var now = time.GetUtcNow();
            var dead = attempts >= MaxAttempts;
            Log.DeliveryFailed(logger, error, delivery.Event.Type, consumer.Name, attempts, dead);
            return new Failure(delivery.Seq, attempts, (now + DelayAfter(attempts)).ToUnixTimeMilliseconds(),
                dead ? now.ToUnixTimeMilliseconds() : null, $"{error.GetType().Name}: {error.Message}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Event loop {Name} failed and goes on")]
        public static partial void LoopFailed(ILogger logger, Exception error, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} failed on {Type}, attempt {Attempt}, dead: {Dead}")]
        public static partial void DeliveryFailed(ILogger logger, Exception error, string type, string consumer, int attempt, bool dead);
    }
}
