using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Streams;

/// <summary>
/// Gives one consumer of this replica its events: first those whose next attempt is due, then new ones. How often an entry
/// was tried, when, and by whom is in the group's pending list in Redis, so a restart forgets none of it.
/// </summary>
internal sealed partial class ConsumerLoop(
    IEventConsumer consumer, EventStream stream, Database database, Handling handling, EventSignal arrived, Replica replica,
    EventMetrics metrics, TimeProvider time, ILogger<ConsumerLoop> logger)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);

    private readonly Overdue overdue = new(consumer.Name, stream, replica, time);
    private bool isTidy;

    public async Task RunAsync(CancellationToken stop)
    {
        var poll = ShortestPoll;
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var wakeUp = arrived.Next;
            var worked = false;
            try
            {
                worked = stream.IsUp && await StepAsync(stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (EventStream.IsMissing(error))
            {
                // The stream will be there when the one who leads has seen that it is not.
            }
            catch (Exception error)
            {
                failures++;
                if (!stream.Failed(error))
                    Log.LoopFailed(logger, error, consumer.Name);
            }

            if (failures > 0)
                await Task.Delay(Outage.DelayAfter(failures), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else if (!worked)
                await arrived.WaitAsync(wakeUp, poll, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            poll = worked ? ShortestPoll : TimeSpan.FromTicks(Math.Min(2 * poll.Ticks, LongestPoll.Ticks));
        }
    }

    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        try
        {
            return await TakeAsync(cancel);
        }
        catch (Exception error) when (EventStream.IsMissing(error))
        {
            // Where a stream is, its group may be made by anyone; the stream itself by the one who leads, who then fills it.
            await stream.AddGroupAsync(consumer.Name, createStream: false);
            return true;
        }
    }

    private async Task<bool> TakeAsync(CancellationToken cancel)
    {
        if (!isTidy)
        {
            await stream.ForgetReplicasAsync(consumer.Name);
            isTidy = true; // names come with processes that start, so it is enough to look at each start
        }

        var worked = false;
        var again = await overdue.FindAsync();
        foreach (var entry in again.Due)
        {
            cancel.ThrowIfCancellationRequested();
            if (await overdue.ClaimAsync(entry) is not { } delivery)
                continue;
            await DeliverAsync([delivery], cancel);
            worked = true;
        }

        if (again.IsMany)
            return worked;
        var entries = await stream.ReadAsync(consumer.Name, replica.Name, consumer.BatchSize);
        await DeliverAsync([.. entries.Select(entry => Delivery.Of(entry, attempt: 1))], cancel);
        return worked || entries.Length > 0;
    }

    private async Task DeliverAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        if (deliveries.Count == 0)
            return;
        var readable = deliveries.Where(delivery => delivery.Event is not null && delivery.IsFor(consumer)).ToArray();
        var causes = await handling.RunAsync(consumer, [.. readable.Select(delivery => delivery.Event!)], cancel);
        var failed = readable.Zip(causes).Where(tried => tried.Second is not null).ToArray();
        var dead = failed.Where(tried => tried.First.Attempt >= Retries.MaxAttempts)
            .Select(tried => (Delivery: tried.First, Cause: Retries.CauseOf(tried.Second!)))
            .Concat(deliveries.Where(delivery => delivery.Event is null && delivery.IsFor(consumer))
                .Select(delivery => (Delivery: delivery, Cause: "The envelope cannot be read.")))
            .ToArray();
        foreach (var (delivery, error) in failed)
        {
            Log.DeliveryFailed(logger, error!, delivery.Event!.Type, consumer.Name, delivery.Attempt);
            if (delivery.Attempt < Retries.MaxAttempts)
                overdue.Expect(delivery.Attempt);
        }

        metrics.Handled(consumer.Name, "retry", failed.Count(tried => tried.First.Attempt < Retries.MaxAttempts));
        await stream.AcknowledgeAsync(consumer.Name, [.. deliveries.Except(failed.Select(tried => tried.First)).Except(dead.Select(one => one.Delivery)).Select(done => done.Id)]);
        foreach (var (delivery, cause) in dead)
            await BuryAsync(delivery, cause, cancel);
    }

    private async Task BuryAsync(Delivery delivery, string cause, CancellationToken cancel)
    {
        var id = delivery.Event?.Id ?? delivery.Id.ToString();
        Log.Dead(logger, consumer.Name, id, delivery.Attempt, cause);
        await DeadLetterSql.AddAsync(database, new(consumer.Name, id, delivery.Envelope, delivery.Attempt, time.GetUtcNow(), cause), cancel);
        await stream.AddDeadAsync(consumer.Name, delivery.Envelope, delivery.Attempt, cause);
        await stream.AcknowledgeAsync(consumer.Name, [delivery.Id]);
        metrics.Handled(consumer.Name, "dead");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Events of {Consumer} could not be fetched; it goes on")]
        public static partial void LoopFailed(ILogger logger, Exception error, string consumer);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} failed on {Type}, attempt {Attempt}")]
        public static partial void DeliveryFailed(ILogger logger, Exception error, string type, string consumer, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} gave up event {Id} after {Attempts} attempts: {Cause}")]
        public static partial void Dead(ILogger logger, string consumer, string id, int attempts, string cause);
    }
}
