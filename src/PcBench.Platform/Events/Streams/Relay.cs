using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;
using PcBench.Platform.Leases;

namespace PcBench.Platform.Events.Streams;

/// <summary>
/// Publishes the outbox, in one of the replicas at a time: two would mix up the order. Without Redis events wait where they
/// are, and go on when it is back.
/// </summary>
internal sealed partial class Relay(
    Database database, EventStream stream, Leadership leadership, IEnumerable<IEventConsumer> consumers, EventSignal signal,
    StreamLimits limits, EventMetrics metrics, TimeProvider time, ILogger<Relay> logger)
{
    private const string Role = "relay";

    // What other replicas commit raises no signal here.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string[] names = [.. consumers.Select(consumer => consumer.Name)];

    public Task RunAsync(CancellationToken stop) => leadership.LeadAsync(Role, LeadAsync, stop);

    private async Task LeadAsync(Term term, CancellationToken cancel)
    {
        var shift = new RelayShift(term, database, stream, leadership, names, limits, metrics, time, logger);
        try
        {
            for (var failures = 0; ;)
            {
                var wakeUp = signal.Next;
                var more = false;
                try
                {
                    more = await shift.StepAsync(cancel);
                    failures = 0;
                }
                catch (Exception error) when (error is not (OperationCanceledException or TermEndedException))
                {
                    failures++;
                    shift.Forget();
                    if (!stream.Failed(error))
                        Log.Failed(logger, error);
                }

                if (failures > 0)
                    await Task.Delay(Outage.DelayAfter(failures), time, cancel);
                else if (!more)
                    await signal.WaitAsync(wakeUp, Poll, cancel);
            }
        }
        catch (TermEndedException)
        {
            Log.Ended(logger, term.Number);
        }
        finally
        {
            metrics.Set(null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Publishing events failed and goes on")]
        public static partial void Failed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another replica publishes events; term {Term} ended")]
        public static partial void Ended(ILogger logger, long term);
    }
}
