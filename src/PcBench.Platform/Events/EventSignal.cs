namespace PcBench.Platform.Events;

/// <summary>Wakes the relay's loops when there may be work, so that they need not poll often.</summary>
public sealed class EventSignal(TimeProvider time)
{
    private TaskCompletionSource next = NewSource();

    /// <summary>Completes at the next <see cref="Raise"/>. Take it before looking for work, await it after: no wake-up is missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, NewSource()).TrySetResult();

    /// <summary>Waits for a wake-up taken before, or for <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(Task wakeUp, TimeSpan atMost, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(wakeUp, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
