using System.Collections.Concurrent;
using PcBench.Platform.Events;

namespace PcBench.ServiceTests.Events;

/// <summary>Remembers what it was given, and fails when it is told to.</summary>
internal sealed class RecordingConsumer(string name) : IEventConsumer
{
    private int failed;

    public ConcurrentQueue<CloudEvent> Handled { get; } = new();

    /// <summary>How many attempts fail before the first that does not.</summary>
    public int Failures { get; init; }

    /// <summary>What happens to an event before it is remembered: nothing, or an exception, or a wait.</summary>
    public Func<CloudEvent, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Failed => failed;

    /// <summary>Sizes of the batches that it was given.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    public int BatchSize { get; init; } = 1;

    public string Name => name;

    /// <summary>The one type that it wants; null for all.</summary>
    public string? OnlyType { get; init; }

    public IEnumerable<string> Subjects => Handled.Select(happened => happened.Subject);

    public bool Wants(string type) => OnlyType is null || type == OnlyType;

    public async Task HandleAsync(CloudEvent happened, CancellationToken cancel)
    {
        await Before(happened);
        if (failed < Failures)
        {
            failed++;
            throw new InvalidOperationException("not yet");
        }

        Handled.Enqueue(happened);
    }

    public async Task HandleAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        Batches.Enqueue(events.Count);
        foreach (var happened in events)
            await Before(happened);
        foreach (var happened in events)
            await HandleAsync(happened, cancel);
    }
}
