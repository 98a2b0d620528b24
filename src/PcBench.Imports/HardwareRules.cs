using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports;

/// <summary>
/// The ranges that <see cref="Hardware"/> states, but for what others write: a guest may see a socket for each of its processors, and 0 for a
/// cache that is not there.
/// </summary>
internal static class HardwareRules
{
    private const string AsItIs = "Give it as the system shows it, or leave it out.";

    public static void Check(Hardware hardware, Action<string, object?, string, string> add)
    {
        foreach (var (field, text) in Texts(hardware))
        {
            if (text is not null && (text.Length > HardwareText.MaxLength || HardwareText.IndexOfForbidden(text) >= 0 || (text.Length == 0 && field != "hypervisor")))
                add(field, text, $"It is empty, longer than {HardwareText.MaxLength} characters, or holds characters that may not stand in a name.", AsItIs);
        }

        foreach (var (field, value, min, max) in Numbers(hardware))
        {
            if (value is { } number && !(number >= min && number <= max))
                add(field, number, $"It must be {min:R} to {max:R}{UnitOf(field)}.", AsItIs);
        }

        if (hardware.Threads < hardware.Cores)
            add("threads", hardware.Threads, $"There are {hardware.Cores} cores, and each is at least one thread.", AsItIs);
        if (hardware.Cores < hardware.Sockets)
            add("cores", hardware.Cores, $"There are {hardware.Sockets} sockets, and each has at least one core.", AsItIs);
        if (hardware.InstructionSets is { } sets && (sets.Count > 128 || sets.Any(set => set is not { Length: > 0 and <= 40 } || HardwareText.IndexOfForbidden(set) >= 0)))
            add("instructionSets", sets.Count, "There may be at most 128, each a name of up to 40 characters.", AsItIs);
    }

    // A column of a table need not bear the unit in its name.
    private static string UnitOf(string field) =>
        field.EndsWith("Mhz", StringComparison.Ordinal) ? " MHz" : field.EndsWith("Kib", StringComparison.Ordinal) ? " KiB" : field.EndsWith("Mib", StringComparison.Ordinal) ? " MiB"
        : field.EndsWith("Mts", StringComparison.Ordinal) ? " MT/s" : field.EndsWith('W') ? " W" : "";

    private static (string Field, string? Text)[] Texts(Hardware of) =>
    [
        ("cpuModel", of.CpuModel), ("vendor", of.Vendor), ("microarchitecture", of.Microarchitecture), ("architecture", of.Architecture),
        ("memoryType", of.MemoryType), ("hypervisor", of.Hypervisor), ("category", of.Category), ("socket", of.Socket),
    ];

    private static (string Field, double? Value, double Min, double Max)[] Numbers(Hardware of) =>
    [
        ("cpuidFamily", of.CpuidFamily, 0, 1_000), ("cpuidModel", of.CpuidModel, 0, 100_000), ("cpuidStepping", of.CpuidStepping, 0, 255),
        ("sockets", of.Sockets, 1, 4_096), ("cores", of.Cores, 1, 4_096), ("threads", of.Threads, 1, 4_096),
        ("performanceCores", of.PerformanceCores, 0, 4_096), ("efficiencyCores", of.EfficiencyCores, 0, 4_096),
        ("baseMhz", of.BaseMhz, 100, 10_000), ("maxMhz", of.MaxMhz, 100, 10_000), ("reportedMhz", of.ReportedMhz, 100, 10_000),
        ("firmwareMaxMhz", of.FirmwareMaxMhz, 100, 10_000), ("efficiencyMaxMhz", of.EfficiencyMaxMhz, 100, 10_000),
        ("l1DataKib", of.L1DataKib, 0, 1e9), ("l1InstructionKib", of.L1InstructionKib, 0, 1e9), ("l2Kib", of.L2Kib, 0, 1e9), ("l3Kib", of.L3Kib, 0, 1e9),
        ("l2Instances", of.L2Instances, 1, 4_096), ("l3Instances", of.L3Instances, 1, 4_096),
        ("numaNodes", of.NumaNodes, 1, 1_024), ("memoryMib", of.MemoryMib, 1, 1e9), ("memoryMts", of.MemoryMts, 100, 20_000),
        ("memoryChannels", of.MemoryChannels, 1, 64), ("memoryModules", of.MemoryModules, 1, 1_024),
        ("tdpW", of.TdpW, 0.1, 2_000), ("launchYear", of.LaunchYear, 1990, 2100),
    ];
}
