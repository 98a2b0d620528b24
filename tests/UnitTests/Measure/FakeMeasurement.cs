using Microsoft.Extensions.Time.Testing;
using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Measure;

/// <summary>A workload that takes as long as it is told, on a clock that nobody waits for.</summary>
internal sealed class FakeMeasurement(string id, FakeTimeProvider time, TimeSpan cost, Func<int, double> value) : IMeasurement
{
    public Workload Workload { get; } = WorkloadCatalog.Find(id)!;

    public int Threads => 1;

    public string? Variant => null;

    public int WarmUps => 2;

    public int WarmUpsTaken { get; private set; }

    public int Taken { get; private set; }

    public Action Taking { get; init; } = () => { };

    public Action<int> WarmingUp { get; init; } = _ => { };

    public Sample WarmUp()
    {
        WarmingUp(WarmUpsTaken++);
        time.Advance(cost);
        return new Sample(100, 1);
    }

    public Sample Take()
    {
        Taking();
        time.Advance(cost);
        return new Sample(value(Taken++), 1);
    }
}
