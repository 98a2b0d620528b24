namespace PcBench.Bench.Load;

/// <summary>What came of a load.</summary>
/// <param name="Kinds">Kinds of requests.</param>
/// <param name="Tally">Everything that was counted.</param>
/// <param name="Seconds">Time that was measured.</param>
/// <param name="Unanswered">Requests that had no answer half a minute after the end.</param>
/// <param name="DriverCpu">Processor time of this process in the time that was measured.</param>
/// <param name="Lateness">How late the driver itself was to send at a fixed rate.</param>
internal sealed record LoadReport(
    IReadOnlyList<RequestKind> Kinds, Tally Tally, double Seconds, int Unanswered, TimeSpan DriverCpu, Histogram? Lateness)
{
    private readonly Lazy<Histogram> all = new(() =>
    {
        var sum = new Histogram();
        foreach (var kind in Tally.ByKind)
            sum.Add(kind);
        return sum;
    });

    /// <summary>Latencies of all kinds.</summary>
    public Histogram All => all.Value;

    /// <summary>Right answers a second.</summary>
    public double PerSecond => All.Count / Seconds;

    /// <summary>Errors of every kind, and what was never answered.</summary>
    public long Errors => Tally.Errors.Values.Sum() + Unanswered;

    /// <summary>Processor time that the driver itself took for a request, in microseconds.</summary>
    public double DriverMicroseconds => DriverCpu.TotalMicroseconds / Math.Max(All.Count, 1);
}
