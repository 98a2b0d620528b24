using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;

namespace PcBench.Platform.Events.Streams;

/// <summary>
/// Carries events between replicas: from the outbox in PostgreSQL by a stream in Redis to a group for each consumer, whose
/// events the replicas share. The store is the truth; Redis may be away, restarted or emptied at any time.
/// </summary>
internal sealed class StreamHub(
    Relay relay, EventStream stream, Database database, IEnumerable<IEventConsumer> consumers, Handling handling, Replica replica,
    EventMetrics metrics, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private readonly EventSignal arrived = new(time);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([relay.RunAsync(stoppingToken), ListenAsync(stoppingToken), .. consumers.Select(consumer =>
            new ConsumerLoop(consumer, stream, database, handling, arrived, replica, metrics, time, loggers.CreateLogger<ConsumerLoop>())
                .RunAsync(stoppingToken))]);

    // The messages only save time: who misses one looks again within half a second.
    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await stream.OnWakeAsync(arrived.Raise))
                    return;
            }
            catch (Exception error) when (stream.Failed(error))
            {
                // Again in a moment.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
