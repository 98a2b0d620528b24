using PcBench.Backend.Features.Submissions;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Moves rows from where submissions leave them to where each board has its index. An entry in some forty indexes costs more
/// than all else of a submission; so it waits until there are none in flight, or until so many rows wait that readers, who
/// look through all of them, would notice. Then a few are moved at a time, by one replica at a time, which rests in between,
/// the less the more wait. Otherwise all replicas may do it at once: each takes rows that no other has taken.
/// </summary>
internal sealed partial class StandingSorter(
    Database database, SubmissionPace pace, EventSignal signal, TimeProvider time, ILogger<StandingSorter> logger) : BackgroundService
{
    /// <summary>Rows that may wait while submissions come without a break.</summary>
    internal const int MayWait = 10_000;

    /// <summary>With so many rows waiting there is no rest.</summary>
    private const int TooMany = 50_000;

    // About a tenth of a second's work where nobody waits for it, and a hundredth where a submission may.
    private const int AtOnce = 100;
    private const int AtOnceMeanwhile = 15;
    private const double MostRest = 10; // times as long as the work took

    // By the ends of the key, which are found at once; those between that do not count are few.
    private const string Waiting = "select max(result_no) - min(result_no) + 1 from standing_fresh";

    private static readonly string Move = MoveOf($"{AtOnce}");
    private static readonly string MoveAlone = MoveOf($"case when pg_try_advisory_xact_lock(7226833) then {AtOnceMeanwhile} else 0 end");

    // What another replica left is looked for now and then.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.Dialect == Dialect.Postgres && !stoppingToken.IsCancellationRequested)
        {
            var rest = Pause;
            try
            {
                rest = pace.IsBusy ? await SortMeanwhileAsync(stoppingToken) : await SortAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.Failed(logger, error); // they are readable where they are
            }

            await Task.Delay(rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How long to rest.</returns>
    private async Task<TimeSpan> SortAsync(CancellationToken cancel)
    {
        var wakeUp = signal.Next;
        if (await MoveAsync(Move, cancel) == AtOnce)
            return TimeSpan.Zero;
        await signal.WaitAsync(wakeUp, Poll, cancel);
        return Pause;
    }

    /// <summary>While submissions come.</summary>
    /// <returns>How long to rest.</returns>
    private async Task<TimeSpan> SortMeanwhileAsync(CancellationToken cancel)
    {
        var waiting = await database.Sql(Waiting).NumberAsync(cancel) ?? 0;
        if (waiting < MayWait)
        {
            await pace.WaitAsync(cancel);
            return TimeSpan.Zero;
        }

        var start = time.GetTimestamp();
        if (await MoveAsync(MoveAlone, cancel) == 0)
            return Pause; // another replica is at it
        var share = (waiting - MayWait) / (double)(TooMany - MayWait);
        return time.GetElapsedTime(start) * (MostRest * Math.Max(1 - share, 0));
    }

    private Task<int> MoveAsync(string move, CancellationToken cancel) =>
        database.WriteAsync((write, token) => write.Sql(move).ExecuteAsync(token), cancel);

    // "*": a column that only a later release knows of must move as well.
    private static string MoveOf(string most) => $"""
        with moved as (
            delete from standing_fresh
            where result_no = any(array(select result_no from standing_fresh order by result_no limit {most} for update skip locked))
            returning *)
        insert into standing_sorted select * from moved
        """;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Rows could not be moved to the boards' indexes yet")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
