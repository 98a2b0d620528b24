using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Telemetry;
using PcBench.Contracts.Api;

namespace PcBench.ServiceTests.Telemetry;

public sealed class BackendMetricsTests
{
    [Fact]
    public void What_happens_is_counted_under_tags_of_ours()
    {
        using var provider = new ServiceCollection().AddMetrics().AddSingleton<BackendMetrics>().BuildServiceProvider();
        var metrics = provider.GetRequiredService<BackendMetrics>();
        var seen = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Meter.Scope == provider.GetRequiredService<IMeterFactory>()) listening.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();

        metrics.Submitted(SubmissionFate.Stored);
        metrics.Submitted(SubmissionFate.Limited);
        metrics.Stored(3, TimeSpan.FromMilliseconds(250));
        metrics.PageServed(PageSource.Shared);
        metrics.DocumentArchived();
        metrics.RanksRebuilt();
        metrics.RateLimited("submit");
        metrics.Assessed(Fit.NotEnoughData);
        TimeSpan? age = null;
        metrics.WatchQueue(() => 7, 9);
        metrics.WatchDocuments(() => 8);
        metrics.WatchRanks(() => age);
        listener.RecordObservableInstruments();
        age = TimeSpan.FromSeconds(9);
        listener.RecordObservableInstruments();

        seen.ShouldBe(
        [
            "pcbench.submissions outcome=stored 1", "pcbench.submissions outcome=limited 1", "pcbench.submission.batch.size  3",
            "pcbench.submission.store.duration  0.25", "pcbench.documents.archived  1",
            "pcbench.ranks.rebuilds  1", "pcbench.rate_limited kind=submit 1", "pcbench.assessments fit=not_enough_data 1",
            "pcbench.page_cache.requests outcome=hit 0", "pcbench.page_cache.requests outcome=shared 1", "pcbench.page_cache.requests outcome=miss 0",
            "pcbench.submission.queue.length  7", "pcbench.submission.queue.capacity  9", "pcbench.documents.waiting  8",
            "pcbench.page_cache.requests outcome=hit 0", "pcbench.page_cache.requests outcome=shared 1", "pcbench.page_cache.requests outcome=miss 0",
            "pcbench.submission.queue.length  7", "pcbench.submission.queue.capacity  9", "pcbench.documents.waiting  8", "pcbench.ranks.age  9",
        ]);

        void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen.Add($"{instrument.Name} {(tags.IsEmpty ? "" : $"{tags[0].Key}={tags[0].Value}")} {value}");
    }
}
