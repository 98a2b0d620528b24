using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PcBench.Backend.Telemetry;

namespace PcBench.Backend.Features.Submissions;

/// <summary>
/// Stores submissions. Whatever waits when the writer comes round goes into one transaction: the wait for the disk is
/// paid once for all of them. A submission is answered when its transaction is durable.
/// </summary>
internal sealed partial class SubmissionWriter : BackgroundService
{
    private readonly ISubmissionStore store;
    private readonly HardwareNames names;
    private readonly BackendMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<SubmissionWriter> logger;
    private readonly int batchSize;
    private readonly Channel<Pending> queue;

    public SubmissionWriter(ISubmissionStore store, HardwareNames names, IOptions<SubmissionOptions> options, BackendMetrics metrics, TimeProvider time, ILogger<SubmissionWriter> logger)
    {
        (this.store, this.names, this.metrics, this.time, this.logger) = (store, names, metrics, time, logger);
        batchSize = options.Value.BatchSize;
        queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
        metrics.WatchQueue(() => queue.Reader.Count, options.Value.QueueLength);
    }

    private sealed record Pending(NewResult Result, TaskCompletionSource<Stored> Answer);

    /// <summary>Queues a result.</summary>
    /// <returns>Completes when it is durable; null where the queue is full or closed.</returns>
    public Task<Stored>? TryStore(NewResult result)
    {
        var pending = new Pending(result, new TaskCompletionSource<Stored>(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(pending) ? pending.Answer.Task : null;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The server has stopped taking requests by now; what still waits is stored.
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(batchSize);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < batchSize && queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(List<Pending> batch)
    {
        try
        {
            var arrivals = new List<Arrival>(batch.Count);
            foreach (var pending in batch)
                arrivals.Add(new Arrival(pending.Result, await names.OfAsync(pending.Result.Machine, CancellationToken.None)));
            var start = time.GetTimestamp();
            var answers = await store.StoreAsync(arrivals, CancellationToken.None);
            metrics.Stored(batch.Count, time.GetElapsedTime(start));
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.SetResult(answers[i]);
        }
        catch (DbException error) when (batch.Count > 1 && !error.IsTransient)
        {
            // One of them may be what the store refuses; the others must not pay for it.
            Log.BatchFailed(logger, error, batch.Count);
            foreach (var pending in batch)
                await StoreAsync([pending]);
        }
        catch (Exception error)
        {
            foreach (var pending in batch)
                pending.Answer.TrySetException(error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction of {Count} submissions failed; each is tried alone")]
        public static partial void BatchFailed(ILogger logger, Exception error, int count);
    }
}
