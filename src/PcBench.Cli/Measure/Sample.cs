using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>One sample of a workload.</summary>
/// <param name="Value">In the workload's unit.</param>
/// <param name="CpuShare">Processor time ÷ wall time of the threads; null where the system does not say.</param>
/// <param name="Switches">How often a thread was taken off its processor; null where the system does not say.</param>
/// <param name="Faults">Page faults; null where the system does not say.</param>
internal readonly record struct Sample(double Value, double? CpuShare, int? Switches = null, int? Faults = null);

/// <summary>A workload on a number of threads, ready to give samples.</summary>
internal interface IMeasurement
{
    Workload Workload { get; }

    int Threads { get; }

    /// <summary>The code path that was found the fastest, where there are several.</summary>
    string? Variant { get; }

    /// <summary>Samples it wants before the first that counts.</summary>
    int WarmUps { get; }

    /// <summary>A sample that does not count: fills caches, lets the runtime compile, tries code paths.</summary>
    /// <exception cref="WrongOutputException">The work went wrong.</exception>
    Sample WarmUp();

    /// <summary>A sample that counts.</summary>
    /// <exception cref="WrongOutputException">The work went wrong.</exception>
    Sample Take();
}
