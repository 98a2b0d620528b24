namespace PcBench.Bench.Load;

/// <summary>Counts what is out and waits for it to come back.</summary>
internal sealed class Outstanding
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count = 1; // one for the load itself, until it stops

    public void Add(int more) => Interlocked.Add(ref count, more);

    public void Remove()
    {
        if (Interlocked.Decrement(ref count) == 0)
            none.TrySetResult();
    }

    /// <returns>How many are still out when patience ends.</returns>
    public async Task<int> NoneAsync()
    {
        Remove();
        await Task.WhenAny(none.Task, Task.Delay(Patience));
        return Volatile.Read(ref count);
    }
}
