using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PcBench.Platform.Events;

/// <summary>Gives events to a consumer and tells which of them it could not handle.</summary>
internal sealed partial class Handling(IPace pace, EventMetrics metrics, TimeProvider time, ILogger<Handling> logger)
{
    /// <summary>
    /// Has events handled: all at once, and each alone where that fails. While the other side is away they wait here, and so
    /// does the consumer.
    /// </summary>
    /// <returns>For each event why it could not be handled; null where it was.</returns>
    public async Task<Exception?[]> RunAsync(IEventConsumer consumer, IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        if (events.Count == 0)
            return [];
        await pace.WaitAsync(cancel);
        var failure = await TryAsync(consumer, events, cancel);
        if (failure is null || events.Count == 1)
            return [.. Enumerable.Repeat(failure, events.Count)];
        var failures = new Exception?[events.Count];
        for (var i = 0; i < events.Count; i++)
            failures[i] = await TryAsync(consumer, [events[i]], cancel);
        return failures;
    }

    private async Task<Exception?> TryAsync(IEventConsumer consumer, IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        for (var outages = 0; ;)
        {
            try
            {
                await CallAsync(consumer, events, cancel);
                if (outages > 0)
                    Log.GoesOn(logger, consumer.Name);
                metrics.Handled(consumer.Name, "ok", events.Count);
                foreach (var happened in events)
                    metrics.Reached(consumer.Name, happened.Time);
                return null;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception error) when (Outage.Is(error))
            {
                if (++outages == 1)
                    Log.Waits(logger, consumer.Name, error.Message);
                await Task.Delay(Outage.DelayAfter(outages), time, cancel);
            }
            catch (Exception error)
            {
                return error;
            }
        }
    }

    private async Task CallAsync(IEventConsumer consumer, IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        // One event goes on in the trace of its cause; several have as many causes, and the batch points at each.
        using var activity = EventMetrics.Activities.StartActivity(
            $"{consumer.Name} {events[0].Type}", ActivityKind.Consumer, events.Count == 1 ? ContextOf(events[0]) : default,
            links: events.Count == 1 ? null : events.Select(ContextOf).Where(context => context != default).Select(context => new ActivityLink(context)));
        var begun = time.GetTimestamp();
        try
        {
            await (events.Count == 1 ? consumer.HandleAsync(events[0], cancel) : consumer.HandleAsync(events, cancel));
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
        finally
        {
            metrics.Took(consumer.Name, time.GetElapsedTime(begun));
        }
    }

    private static ActivityContext ContextOf(CloudEvent happened) =>
        ActivityContext.TryParse(happened.TraceParent, null, isRemote: true, out var context) ? context : default;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} waits for what is away: {Problem}")]
        public static partial void Waits(ILogger logger, string consumer, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Consumer} goes on")]
        public static partial void GoesOn(ILogger logger, string consumer);
    }
}
