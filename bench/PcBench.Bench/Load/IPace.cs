namespace PcBench.Bench.Load;

/// <summary>When requests are sent.</summary>
internal interface IPace
{
    /// <summary>Lets the first requests go.</summary>
    void Start(IReadOnlyList<Connection> connections);

    /// <summary>What a connection that is free at <paramref name="now"/> sends next, and since when that has been due.</summary>
    /// <returns>False where it is to rest.</returns>
    bool TryNext(Connection connection, long now, out Request request, out long due);

    /// <summary>A request has its answer, or has failed.</summary>
    /// <returns>Whether the answer counts: it is within the time that is measured.</returns>
    bool Finished(long due, long now);

    /// <summary>Sends nothing more and waits for the answers that are still out, for a while.</summary>
    /// <returns>How many never came.</returns>
    Task<int> StopAsync();
}
