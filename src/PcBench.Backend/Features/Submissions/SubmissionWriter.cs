using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>
/// Stores submissions. Whatever waits when the writer comes round goes into one transaction: the wait for the disk is
/// paid once for all of them. A submission is answered when its transaction is durable.
/// </summary>
internal sealed partial class SubmissionWriter : BackgroundService
{
    private readonly Database database;
    private readonly SubmissionSql sql;
    private readonly Standing standing;
    private readonly Outbox outbox;
    private readonly ILogger<SubmissionWriter> logger;
    private readonly int batchSize;
    private readonly Channel<Pending> queue;

    public SubmissionWriter(
        Database database, SubmissionSql sql, Standing standing, Outbox outbox, IOptions<SubmissionOptions> options, ILogger<SubmissionWriter> logger)
    {
        (this.database, this.sql, this.standing, this.outbox, this.logger) = (database, sql, standing, outbox, logger);
        batchSize = options.Value.BatchSize;
        queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
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
            var answers = await database.WriteAsync((write, cancel) => AddAllAsync(write, batch, cancel), CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.SetResult(answers[i]);
        }
        catch (DbException error) when (batch.Count > 1)
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

    private async Task<List<Stored>> AddAllAsync(Write write, List<Pending> batch, CancellationToken cancel)
    {
        var answers = new List<Stored>(batch.Count);
        foreach (var pending in batch)
            answers.Add(await AddAsync(write, pending.Result, cancel));
        return answers;
    }

    private async Task<Stored> AddAsync(Write write, NewResult result, CancellationToken cancel)
    {
        if (await SubmissionSql.ObstacleAsync(write, result, cancel) is { } obstacle)
            return obstacle;
        var added = await sql.AddAsync(write, result, cancel);
        if (result.Visibility == Visibility.Public)
            await standing.EnterAsync(write, added, result.Values, cancel);
        await outbox.AddAsync(write, EventTypes.ResultSubmitted, result.Id, "{}", cancel);
        return new Stored(Outcome.Stored, result.Visibility);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction of {Count} submissions failed; each is tried alone")]
        public static partial void BatchFailed(ILogger logger, Exception error, int count);
    }
}
