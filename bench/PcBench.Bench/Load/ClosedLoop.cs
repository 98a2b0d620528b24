namespace PcBench.Bench.Load;

/// <summary>Each connection sends its next request when it has the answer to the one before: finds the highest throughput.</summary>
internal sealed class ClosedLoop(IRequestSource source, Window window) : IPace
{
    private readonly Outstanding outstanding = new();
    private volatile bool stopped;

    public void Start(IReadOnlyList<Connection> connections)
    {
        outstanding.Add(connections.Count);
        foreach (var connection in connections)
            connection.Resume();
    }

    public bool TryNext(Connection connection, long now, out Request request, out long due)
    {
        due = now;
        request = default;
        if (!stopped && source.TryNext(out request))
            return true;
        if (!stopped)
            window.EndAt(now);
        outstanding.Remove();
        return false;
    }

    public bool Finished(long due, long now) => window.Holds(now);

    public Task<int> StopAsync()
    {
        stopped = true;
        return outstanding.NoneAsync();
    }
}
