using PcBench.Backend.Features.Exports;
using PcBench.Backend.Features.Imports;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.Platform.Leases;

namespace PcBench.Backend.Features.Documents;

/// <summary>
/// Removes blobs without a result, and what is left of imports, which only a crash at the wrong moment can leave behind: after each start
/// of the embedded store, and every hour by one of several replicas.
/// </summary>
internal sealed partial class OrphanSweep(
    Database database, IBlobStore blobs, ExportSegments exports, ImportStore imports, Leadership leadership, BackendMetrics metrics, TimeProvider time, ILogger<OrphanSweep> logger) : BackgroundService
{
    private const string Waiting = "select count(*) from (select 1 from result_document limit 1000000) d";
    private const int AtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(15);

    private long waiting;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchDocuments(() => Volatile.Read(ref waiting));
        return database.Dialect == Dialect.Sqlite
            ? TryAsync(cancel => SweepAllAsync(time.GetUtcNow(), cancel), stoppingToken)
            : leadership.LeadAsync("sweep", LeadAsync, stoppingToken);
    }

    private async Task LeadAsync(Term term, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(
                RepeatAsync(Interval, token => SweepAllAsync(time.GetUtcNow() - Interval, token), cancel), // what is younger may be on its way
                RepeatAsync(CountEvery, CountAsync, cancel));
        }
        finally
        {
            Volatile.Write(ref waiting, 0); // another one counts
        }
    }

    private async Task RepeatAsync(TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(pause, time);
        do
            await TryAsync(work, cancel);
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Log.Failed(logger, error); // what is left is seen the next time
        }
    }

    private async Task SweepAllAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await SweepAsync(before, cancel);
        await exports.SweepAsync(cancel);
        await imports.SweepAsync(database.Dialect == Dialect.Sqlite ? before : before - ImportStore.Abandoned, cancel);
    }

    private async Task CountAsync(CancellationToken cancel) => Volatile.Write(ref waiting, await database.Sql(Waiting).NumberAsync(cancel) ?? 0);

    /// <summary>Removes the documents without a result that were there at a time. What is no document was put there by somebody else, and stays.</summary>
    /// <returns>How many there were.</returns>
    internal async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var removed = 0;
        await foreach (var keys in blobs.ListAsync(DocumentStore.Prefix, cancel).Where(blob => blob.ChangedAt < before).Select(blob => blob.Key).Chunk(AtOnce).WithCancellation(cancel))
        {
            var known = await KnownAsync(keys, cancel);
            foreach (var key in keys.Where(key => DocumentStore.IdOf(key) is { } id && !known.Contains(id)))
            {
                await blobs.DeleteAsync(key, cancel);
                removed++;
            }
        }

        if (removed > 0)
            Log.Swept(logger, removed);
        return removed;
    }

    private async Task<HashSet<string>> KnownAsync(string[] keys, CancellationToken cancel)
    {
        var ids = keys.Select(DocumentStore.IdOf).OfType<string>().ToList();
        var which = new OneOf(database.Dialect, "id", ids);
        return [.. await which.In(database.Sql($"select id from result where {which}")).ListAsync(row => row.GetString(0), cancel)];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Removed {Count} documents without a result")]
        public static partial void Swept(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Documents without a result could not be looked for, or those that wait could not be counted")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
