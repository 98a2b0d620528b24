using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using PcBench.Platform.Events;

namespace PcBench.ServiceTests.Events;

/// <summary>What the hub shows of itself.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Handling_an_event_is_part_of_the_trace_that_caused_it()
    {
        await using var store = await HubStore.CreateAsync();
        var name = $"traced-{store.Prefix}";
        var started = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "PcBench.Events" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = started.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        var consumer = new RecordingConsumer(name);
        await using var replica = await HubReplica.StartAsync(store, consumer);

        string? cause;
        using (var activity = source.StartActivity("request"))
        {
            cause = activity!.Id;
            await store.AddAsync(1);
        }

        await Client.UntilAsync(() => Task.FromResult(started.Any(activity => activity.OperationName == $"{name} thing.happened")));
        var handled = started.Single(activity => activity.OperationName == $"{name} thing.happened");
        (handled.ParentId, handled.Kind).ShouldBe((cause, ActivityKind.Consumer));
        consumer.Handled.Single().TraceParent.ShouldBe(cause);
    }

    [Fact]
    public async Task Figures_tell_what_was_handled_and_what_waits()
    {
        await using var store = await HubStore.CreateAsync();
        var name = $"measured-{store.Prefix}";
        var handled = new ConcurrentQueue<string?>();
        var levels = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == "PcBench.Events")
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (values.GetValueOrDefault("consumer") != name)
                return;
            if (instrument.Name == "pcbench.events.handled")
                handled.Enqueue(values["outcome"]);
            else
                levels[instrument.Name] = value;
        });
        listener.Start();
        var consumer = new RecordingConsumer(name) { Failures = 1 };
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await store.AddAsync(1);

        await Client.UntilAsync(() => Task.FromResult(handled.Contains("ok")));
        handled.ShouldContain("retry");
        await Client.UntilAsync(() =>
        {
            listener.RecordObservableInstruments();
            return Task.FromResult(levels.ContainsKey("pcbench.events.lag") && levels.ContainsKey("pcbench.events.dead"));
        });
    }

    [Fact]
    public void The_envelope_is_a_cloud_event_and_reads_back()
    {
        var happened = new CloudEvent("id", "thing.happened", "subject", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), """{"n":1}""", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var envelope = EventEnvelope.Write(happened);

        envelope.ShouldBe("""{"specversion":"1.0","id":"id","source":"/pcbench/backend","type":"thing.happened","subject":"subject","time":"2026-01-02T03:04:05+00:00","datacontenttype":"application/json","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":{"n":1}}""");
        EventEnvelope.TryRead(envelope).ShouldBe(happened);
        EventEnvelope.TryRead("{}").ShouldBeNull();
        EventEnvelope.TryRead("nonsense").ShouldBeNull();
    }
}
