using System.Collections.Concurrent;
using PcBench.Bench.Load;

namespace PcBench.Bench.Results;

/// <summary>
/// Submissions that wait to be sent. They are signed before the clock starts: signing takes longer than sending, and its
/// processor time is not the service's.
/// </summary>
internal sealed class DocumentSupply(int seed, string host, string visibility = "public") : IDisposable
{
    private const int PerDot = 1_000;
    private readonly SyntheticDocuments documents = new(seed);
    private readonly ConcurrentQueue<byte[]> ready = new();
    private int next;

    public int Ready => ready.Count;

    /// <summary>Signs until <paramref name="count"/> wait.</summary>
    public Task PrepareAsync(int count, CancellationToken cancel)
    {
        var missing = Math.Max(count - ready.Count, 0);
        if (missing > PerDot)
            Console.Error.WriteLine($"signing {missing:N0} documents");
        return Parallel.ForAsync(0, missing, cancel, (_, _) =>
        {
            ready.Enqueue(Request());
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Keeps about <paramref name="count"/> waiting until it is cancelled: for loads that last.</summary>
    public async Task KeepAsync(int count, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            while (ready.Count < count && !cancel.IsCancellationRequested)
                ready.Enqueue(Request());
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>One more document, without the head of a request.</summary>
    public byte[] Document() => documents.Signed(Interlocked.Increment(ref next));

    public bool TryTake(out byte[] request) => ready.TryDequeue(out request!);

    public void Dispose() => documents.Dispose();

    private byte[] Request() => RequestText.Post(host, $"api/v1/results?visibility={visibility}", Document());
}
