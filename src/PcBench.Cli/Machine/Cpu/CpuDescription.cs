using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>Puts together what the sources of a system gave.</summary>
internal static class CpuDescription
{
    private const string Unknown = "Unknown";

    public static CpuInfo Of(CpuIdentity identity, CpuTopology topology, IReadOnlyList<CacheInfo> caches) => new()
    {
        Vendor = HardwareText.Clean(identity.Vendor) ?? Unknown,
        Model = HardwareText.Clean(identity.Model) ?? Unknown,
        Microarchitecture = identity.Microarchitecture,
        Family = identity.Family,
        ModelNumber = identity.ModelNumber,
        Stepping = identity.Stepping,
        Sockets = topology.Sockets,
        Cores = topology.Cores,
        Threads = topology.Threads,
        PerformanceCores = topology.PerformanceCores,
        EfficiencyCores = topology.EfficiencyCores,
        BaseMhz = identity.BaseMhz is >= 100 and <= 10_000 ? identity.BaseMhz : null,
        Caches = caches,
        InstructionSets = [],
    };
}
