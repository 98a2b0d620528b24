using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;
using PcBench.Platform.Leases;

namespace PcBench.Platform.Events.Streams;

/// <summary>
/// One term of publishing. The store is what counts: a row leaves the outbox when every consumer has acknowledged it and not
/// before, so that a stream that was emptied, or set back by a restart or a failover, can be filled again. To notice that,
/// the last id is known at every step and only this one adds to the stream. Everything that it writes to the store is
/// written only while the term holds: a replica that slept through the end of its own must not undo what came after.
/// </summary>
internal sealed partial class RelayShift(
    Term term, Database database, EventStream stream, Leadership leadership, IReadOnlyList<string> consumers,
    StreamLimits limits, EventMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(10);

    private StreamId? last;
    private bool full;
    private long? swept;
    private long? counted;
    private Dictionary<string, long> dead = [];
    private Dictionary<string, long> lag = [];

    /// <summary>Forgets where the stream ends: a command may have been done or not.</summary>
    public void Forget() => last = null;

    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        var sweeps = IsDue(ref swept, BetweenSweeps);
        if (sweeps)
            await MeasureAsync(cancel);
        if (!stream.IsUp)
        {
            Forget();
            return false;
        }

        last ??= await AdoptAsync(cancel);
        var more = await PublishAsync(last.Value, cancel);
        if (sweeps && last is { } end && await SweepAsync(end, cancel))
            (swept, more) = (null, true);
        return more;
    }

    private async Task<bool> PublishAsync(StreamId end, CancellationToken cancel)
    {
        if (full)
            return false;
        var events = await RelaySql.UnpublishedAsync(database, cancel);
        if (events.Count == 0)
            return false;
        if (await stream.AppendAsync(end, events) is not { } ids)
        {
            last = await RestoreAsync(cancel);
            return true;
        }

        // Killed here, it is published again under the same event id.
        last = ids[^1];
        await WriteAsync((write, token) => RelaySql.MarkAsync(write, events, ids, token), cancel);
        metrics.Published(events.Count);
        foreach (var one in events)
            metrics.SawRelease(one.Event.Type, one.Event.Time);
        return true;
    }

    /// <summary>Begins with a stream that it has not seen yet, if that holds all that was published and not yet handled.</summary>
    private async Task<StreamId> AdoptAsync(CancellationToken cancel)
    {
        if (await stream.LastIdAsync() is not { } end || end < await RelaySql.NewestAsync(database, cancel))
            return await RestoreAsync(cancel);
        await AddGroupsAsync();
        return end;
    }

    /// <summary>
    /// Fills the stream again with all that is in the outbox. First the rows, then the stream: whoever finds the stream
    /// there may trust the rows.
    /// </summary>
    private async Task<StreamId> RestoreAsync(CancellationToken cancel)
    {
        var rows = 0;
        for (var reset = RelaySql.Many; reset == RelaySql.Many; rows += reset)
            reset = await WriteAsync(RelaySql.ResetAsync, cancel);
        if (rows > 0)
            Log.Restores(logger, rows);
        await AddGroupsAsync();
        return await stream.LastIdAsync() ?? throw new OutageException("The stream of events vanished again.");
    }

    private async Task AddGroupsAsync()
    {
        foreach (var consumer in consumers)
            await stream.AddGroupAsync(consumer, createStream: true);
    }

    /// <summary>Deletes what every consumer has acknowledged.</summary>
    private async Task<bool> SweepAsync(StreamId end, CancellationToken cancel)
    {
        var survey = await stream.SurveyAsync(consumers);
        if (survey.LastId != end)
        {
            last = await RestoreAsync(cancel);
            return true;
        }

        var (horizon, except) = (survey.Horizon, survey.Unacknowledged);
        var deleted = await WriteAsync((write, token) => RelaySql.ForgetAsync(write, horizon, except, token), cancel);
        var excess = Math.Min(survey.Length - limits.Kept, RelaySql.Many);
        var gone = excess > 0 ? await stream.ForgetAsync(horizon, except, excess) : 0;
        var wasFull = full;
        full = survey.Length - gone >= limits.Most;
        if (full && !wasFull)
            Log.Full(logger, limits.Most);
        lag = survey.Groups.ToDictionary(group => group.Name, group => group.Lag ?? 0);
        return deleted == RelaySql.Many || gone == RelaySql.Many;
    }

    private async Task MeasureAsync(CancellationToken cancel)
    {
        if (IsDue(ref counted, BetweenCounts))
            dead = await RelaySql.CountDeadAsync(database, cancel);
        var unpublished = await RelaySql.CountUnpublishedAsync(database, HubLevels.MostCounted, cancel);
        metrics.Set(new HubLevels(
            unpublished,
            unpublished > 0 ? await RelaySql.OldestUnpublishedAsync(database, cancel) : null,
            consumers.ToDictionary(name => name, name => lag.GetValueOrDefault(name) + unpublished),
            consumers.ToDictionary(name => name, name => dead.GetValueOrDefault(name))));
    }

    private Task<int> WriteAsync(Func<Write, CancellationToken, Task<int>> work, CancellationToken cancel) =>
        database.WriteAsync(async (write, token) =>
        {
            var rows = await work(write, token);

            // At the end, so that the row of the role is locked only for as long as a commit takes.
            return await leadership.HoldsAsync(write, term, token) ? rows : throw new TermEndedException();
        }, cancel);

    private bool IsDue(ref long? done, TimeSpan pause)
    {
        if (done is { } at && time.GetElapsedTime(at) < pause)
            return false;
        done = time.GetTimestamp();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis lost events; {Rows} are published again from the store")]
        public static partial void Restores(ILogger logger, int rows);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Most} events wait for a consumer; until it has handled some, no more are published")]
        public static partial void Full(ILogger logger, int most);
    }
}
