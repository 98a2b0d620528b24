namespace PcBench.Cli.Machine.Cpu;

/// <summary>How many of each there are.</summary>
/// <param name="Sockets">Packages.</param>
/// <param name="Cores">Physical cores of all packages.</param>
/// <param name="Threads">Logical processors.</param>
/// <param name="PerformanceCores">Fast cores, where cores are of different kinds.</param>
/// <param name="EfficiencyCores">Small cores, where cores are of different kinds.</param>
internal sealed record CpuTopology(int Sockets, int Cores, int Threads, int? PerformanceCores = null, int? EfficiencyCores = null)
{
    /// <summary>Where the system tells nothing but what this process may use.</summary>
    public static CpuTopology OfProcess() => new(1, Environment.ProcessorCount, Environment.ProcessorCount);
}
