using PcBench.Backend.Ranking;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Data;

namespace PcBench.Backend.Caching;

/// <summary>What an answer was made of: it may be given again for as long as this is what there is.</summary>
/// <param name="Removals">How often something was taken from the public.</param>
/// <param name="Ranks">State of the ranks.</param>
/// <param name="Commits">Commits of this process that changed what the public sees, since the ranks were seen to change.</param>
internal readonly record struct Stamp(long Removals, RankVersion? Ranks, long Commits);

/// <summary>
/// Says whether answers that were made before may still be given. What enters may show a moment later; what was deleted,
/// hidden or flagged may not show any more once its owner was told so, on no replica. So each replica looks many times a
/// second how often something was removed; what it saw holds for a short while (<see cref="Lease"/>), and who removes
/// something waits that long before it says so. A replica that cannot look makes every answer anew.
/// </summary>
internal sealed partial class Freshness(Database database, PublishedRanks ranks, BackendMetrics metrics, TimeProvider time, ILogger<Freshness> logger) : BackgroundService
{
    /// <summary>How long what was seen holds.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // In the transaction of the removal: who sees the one sees the other.
    private const string Note = "update removal set count = count + 1";
    private const string Look = "select count from removal";

    private readonly bool isAlone = database.Dialect == Dialect.Sqlite; // no other process changes the store
    private long commits;
    private long removed;
    private Seen? seen;

    private sealed record Seen(long Removals, RankVersion? Ranks, long Commits, long At);

    /// <summary>What there is now; null where that is not known.</summary>
    public Stamp? Current
    {
        get
        {
            var local = Interlocked.Read(ref commits);
            if (isAlone)
                return new Stamp(Interlocked.Read(ref removed), null, local);
            return Volatile.Read(ref seen) is { } look && time.GetElapsedTime(look.At) < Lease ? new Stamp(look.Removals, look.Ranks, local - look.Commits) : null;
        }
    }

    /// <summary>A transaction changes what the public sees.</summary>
    public void NoteChange(Write write) => write.OnCommitted(() => Interlocked.Increment(ref commits));

    /// <summary>A transaction takes something from the public. To be called last: those who also remove something wait for its end.</summary>
    public async Task NoteRemovalAsync(Write write, CancellationToken cancel)
    {
        NoteChange(write);
        if (isAlone)
            write.OnCommitted(() => Interlocked.Increment(ref removed));
        else
            await write.Sql(Note).ExecuteAsync(cancel);
    }

    /// <summary>Completes when no replica gives an answer any more that was made before what was just removed.</summary>
    public Task RemovedEverywhereAsync() => isAlone ? Task.CompletedTask : Task.Delay(Lease, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (isAlone)
            return;
        metrics.WatchRanks(() => ranks.Age);
        using var timer = new PeriodicTimer(Poll, time);
        do
        {
            try
            {
                var at = time.GetTimestamp(); // before the look, for it may be answered late
                await ranks.LookAsync();
                var removals = await database.Sql(Look).NumberAsync(stoppingToken);
                var changed = seen is null || seen.Ranks != ranks.Version;
                Volatile.Write(ref seen, new Seen(removals!.Value, ranks.Version, changed ? Interlocked.Read(ref commits) : seen!.Commits, at));
            }
            catch (Exception error)
            {
                stoppingToken.ThrowIfCancellationRequested();
                Log.Blind(logger, error.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot see what changed ({Error}): every answer is made anew")]
        public static partial void Blind(ILogger logger, string error);
    }
}
