using System.Diagnostics.Metrics;
using PcBench.Backend.Features.Submissions;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Telemetry;

/// <summary>Where a page came from: this replica's memory, the memory that replicas share, or the store.</summary>
internal enum PageSource
{
    Hit,
    Shared,
    Miss,
}

/// <summary>The backend's own figures. Tags have few values, all of them ours: nothing that somebody sends may make a series.</summary>
internal sealed class BackendMetrics
{
    private const string Outcome = "outcome";

    private readonly Meter meter;
    private readonly Counter<long> submissions;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> storeDuration;
    private readonly long[] pages = new long[Enum.GetValues<PageSource>().Length];
    private readonly Counter<long> archived;
    private readonly Counter<long> rebuilds;
    private readonly Counter<long> limited;
    private readonly Counter<long> assessments;

    public BackendMetrics(IMeterFactory meters)
    {
        meter = meters.Create("PcBench.Backend");
        submissions = meter.CreateCounter<long>("pcbench.submissions", "{submission}", "Submissions by what became of them.");
        batchSize = meter.CreateHistogram("pcbench.submission.batch.size", "{submission}", "Submissions that share a transaction.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000] });
        storeDuration = meter.CreateHistogram<double>("pcbench.submission.store.duration", "s", "Time of a transaction of submissions.");
        meter.CreateObservableCounter("pcbench.page_cache.requests", PagesServed, "{request}", "Pages by where they came from.");
        archived = meter.CreateCounter<long>("pcbench.documents.archived", "{document}", "Documents that went into the blob store.");
        rebuilds = meter.CreateCounter<long>("pcbench.ranks.rebuilds", "{rebuild}", "Ranks computed from the store anew.");
        limited = meter.CreateCounter<long>("pcbench.rate_limited", "{request}", "Requests refused by a limit.");
        assessments = meter.CreateCounter<long>("pcbench.assessments", "{assessment}", "Verdicts on results that were stored, by how they fit; one result may have several.");
    }

    public void Submitted(SubmissionFate fate) => submissions.Add(1, new KeyValuePair<string, object?>(Outcome, fate switch
    {
        SubmissionFate.Stored => "stored",
        SubmissionFate.Known => "known",
        SubmissionFate.Copy => "copy",
        SubmissionFate.Deleted => "deleted",
        SubmissionFate.Invalid => "invalid",
        SubmissionFate.Busy => "busy",
        _ => "limited",
    }));

    public void Stored(int submissionsInBatch, TimeSpan duration)
    {
        batchSize.Record(submissionsInBatch);
        storeDuration.Record(duration.TotalSeconds);
    }

    // Counted here and told when somebody asks: a page from memory takes some microseconds, of which a counter of the meter is several per cent.
    public void PageServed(PageSource source) => Interlocked.Increment(ref pages[(int)source]);

    private IEnumerable<Measurement<long>> PagesServed() => Enum.GetValues<PageSource>()
        .Select(source => new Measurement<long>(Volatile.Read(ref pages[(int)source]), new KeyValuePair<string, object?>(Outcome, source switch
        {
            PageSource.Hit => "hit",
            PageSource.Shared => "shared",
            _ => "miss",
        })));

    public void DocumentArchived() => archived.Add(1);

    public void RanksRebuilt() => rebuilds.Add(1);

    /// <param name="kind">Which limit, in a word of ours: never an address or a key.</param>
    public void RateLimited(string kind) => limited.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Assessed(Fit fit) => assessments.Add(1, new KeyValuePair<string, object?>("fit", fit switch
    {
        Fit.Fits => "fits",
        Fit.Unusual => "unusual",
        Fit.Flagged => "flagged",
        _ => "not_enough_data",
    }));

    /// <summary>Gives the length of the queue for the store, and how long it may be. It is asked at each scrape; so are those below.</summary>
    public void WatchQueue(Func<int> length, int capacity)
    {
        meter.CreateObservableGauge("pcbench.submission.queue.length", length, "{submission}", "Submissions that wait for the store.");
        meter.CreateObservableGauge("pcbench.submission.queue.capacity", () => capacity, "{submission}", "How many may wait; one more is refused.");
    }

    /// <summary>Gives how many documents wait for the blob store, as far as is known: it must not ask the store.</summary>
    public void WatchDocuments(Func<long> waiting) =>
        meter.CreateObservableGauge("pcbench.documents.waiting", waiting, "{document}", "Documents that wait for the blob store.");

    /// <summary>Gives the age of the snapshot of ranks; null while there is none.</summary>
    public void WatchRanks(Func<TimeSpan?> age) => meter.CreateObservableGauge("pcbench.ranks.age",
        () => age() is { } known ? [new Measurement<double>(known.TotalSeconds)] : Array.Empty<Measurement<double>>(), "s", "Age of the ranks that are shown.");
}
