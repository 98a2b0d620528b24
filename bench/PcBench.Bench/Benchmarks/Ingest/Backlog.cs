using System.Diagnostics;
using PcBench.Bench.Servers;

namespace PcBench.Bench.Benchmarks.Ingest;

/// <summary>What the service has acknowledged and stored but not yet done with.</summary>
/// <param name="Documents">Documents that are not in the object store yet.</param>
/// <param name="Events">Events that are not published yet.</param>
/// <param name="Rows">Rows that are in no board's index yet.</param>
internal sealed record Backlog(long Documents, long Events, long Rows)
{
    private const string Sql = "select (select count(*) from result_document), (select count(*) from event where published_at is null), (select count(*) from standing_fresh)";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public bool IsEmpty => Documents + Events + Rows == 0;

    public override string ToString() => $"{Documents:N0} documents to archive, {Events:N0} events to publish, {Rows:N0} rows to sort";

    public static async Task<Backlog> ReadAsync(Postgres postgres, string database, CancellationToken cancel) =>
        await postgres.RowsAsync(database, Sql, cancel) is [[long documents, long events, long rows]] ? new Backlog(documents, events, rows) : throw new InvalidOperationException("No counts.");

    /// <summary>Waits until nothing is left.</summary>
    /// <returns>How long that took; null where it was not over in two minutes.</returns>
    public static async Task<TimeSpan?> DrainedAsync(Postgres postgres, string database, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        while (!(await ReadAsync(postgres, database, cancel)).IsEmpty)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                return null;
            await Task.Delay(200, cancel);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
