using PcBench.Backend.Features.Submissions;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Moves rows from where submissions leave them to where each board has its index. An entry in some thirty indexes costs more
/// than all else of a submission; so it waits until there are none in flight, or until so many rows wait that readers, who
/// look through all of them, would notice. Any replica may do it: each takes rows that no other has taken.
/// </summary>
internal sealed partial class StandingSorter(
    Database database, SubmissionPace pace, EventSignal signal, TimeProvider time, ILogger<StandingSorter> logger) : BackgroundService
{
    /// <summary>Rows that may wait while submissions come without a break.</summary>
    internal const int Most = 10_000;

    // About a tenth of a second's work, which a submission that comes meanwhile has to wait for.
    private const int AtOnce = 100;
    private static readonly string Waiting = $"select count(*) from (select 1 from standing_fresh limit {Most}) f";

    // "*": a column that only a later release knows of must move as well.
    private static readonly string Move = $"""
        with moved as (
            delete from standing_fresh
            where result_no = any(array(select result_no from standing_fresh order by result_no limit {AtOnce} for update skip locked))
            returning *)
        insert into standing_sorted select * from moved
        """;

    // What another replica left is looked for now and then.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.Dialect == Dialect.Postgres && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var wakeUp = signal.Next;
                if (await SortAsync(stoppingToken) == AtOnce)
                    continue;
                await signal.WaitAsync(wakeUp, Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.Failed(logger, error); // they are readable where they are
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Rows that were moved.</returns>
    private async Task<int> SortAsync(CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        if (pace.IsBusy && await database.Sql(Waiting).NumberAsync(cancel) < Most)
            return 0;
        return await database.WriteAsync((write, token) => write.Sql(Move).ExecuteAsync(token), cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Rows could not be moved to the boards' indexes yet")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
