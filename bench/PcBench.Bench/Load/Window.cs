using System.Diagnostics;

namespace PcBench.Bench.Load;

/// <summary>The time that is measured: after the warm-up, and until the end or until nothing is left to send.</summary>
internal sealed class Window(TimeSpan warmUp, TimeSpan duration)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long to = Ticks(warmUp + duration) + Stopwatch.GetTimestamp();

    public long From { get; } = Stopwatch.GetTimestamp() + Ticks(warmUp);

    public long To => Volatile.Read(ref to);

    public double Seconds => Math.Max((To - From) / (double)Stopwatch.Frequency, 0);

    public bool Holds(long time) => time >= From && time <= To;

    /// <summary>Ends it before its time: there is nothing left to send.</summary>
    public void EndAt(long time)
    {
        Volatile.Write(ref to, Math.Min(to, time));
        ended.TrySetResult();
    }

    public Task UntilBeginAsync(CancellationToken cancel) => UntilAsync(From, cancel);

    public Task UntilEndAsync(CancellationToken cancel) => UntilAsync(To, cancel);

    private async Task UntilAsync(long time, CancellationToken cancel)
    {
        var wait = TimeSpan.FromSeconds(Math.Max((time - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency, 0));
        await Task.WhenAny(ended.Task, Task.Delay(wait, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
