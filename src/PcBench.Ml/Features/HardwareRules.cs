using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Ml.Features;

/// <summary>What a description of hardware must hold to.</summary>
internal static class HardwareRules
{
    private const int MaxText = 256;

    public static IEnumerable<FieldError> Check(string at, Hardware? hardware)
    {
        if (hardware is null)
        {
            yield return FieldError.Of(at, null, "It is missing.", "Give what is known of the machine: {\"cpuModel\": …, \"cores\": …, \"threads\": …}.");
            yield break;
        }

        if (hardware is { CpuModel: null, Microarchitecture: null, Threads: null, Cores: null })
            yield return FieldError.Of(at, null, "Nothing in it says what machine it is.", "Give cpuModel, microarchitecture, cores or threads.");
        foreach (var (name, text) in new[]
        {
            ("cpuModel", hardware.CpuModel), ("vendor", hardware.Vendor), ("microarchitecture", hardware.Microarchitecture), ("architecture", hardware.Architecture),
            ("memoryType", hardware.MemoryType), ("hypervisor", hardware.Hypervisor), ("category", hardware.Category), ("socket", hardware.Socket),
        })
        {
            if (text is { Length: > MaxText })
                yield return FieldError.Of($"{at}.{name}", text, $"It has {text.Length} characters.", $"Give at most {MaxText}.");
        }

        foreach (var (name, value, least, most) in new (string, double?, double, double)[]
        {
            ("sockets", hardware.Sockets, 1, 64), ("cores", hardware.Cores, 1, 4096), ("threads", hardware.Threads, 1, 4096),
            ("performanceCores", hardware.PerformanceCores, 0, 4096), ("efficiencyCores", hardware.EfficiencyCores, 0, 4096),
            ("cpuidFamily", hardware.CpuidFamily, 0, 1000), ("cpuidModel", hardware.CpuidModel, 0, 100_000), ("cpuidStepping", hardware.CpuidStepping, 0, 255),
            ("baseMhz", hardware.BaseMhz, 100, 10_000), ("maxMhz", hardware.MaxMhz, 100, 10_000), ("reportedMhz", hardware.ReportedMhz, 100, 10_000),
            ("firmwareMaxMhz", hardware.FirmwareMaxMhz, 100, 10_000), ("efficiencyMaxMhz", hardware.EfficiencyMaxMhz, 100, 10_000),
            ("l1DataKib", hardware.L1DataKib, 1, 1e7), ("l1InstructionKib", hardware.L1InstructionKib, 1, 1e7), ("l2Kib", hardware.L2Kib, 1, 1e8), ("l3Kib", hardware.L3Kib, 0, 1e9),
            ("l2Instances", hardware.L2Instances, 1, 4096), ("l3Instances", hardware.L3Instances, 0, 4096), ("numaNodes", hardware.NumaNodes, 1, 1024),
            ("memoryMib", hardware.MemoryMib, 1, 1e9), ("memoryMts", hardware.MemoryMts, 100, 20_000), ("memoryChannels", hardware.MemoryChannels, 1, 64), ("memoryModules", hardware.MemoryModules, 0, 1024),
            ("tdpW", hardware.TdpW, 0.1, 2000), ("launchYear", hardware.LaunchYear, 1990, 2100),
        })
        {
            if (value is { } given && !(given >= least && given <= most))
                yield return FieldError.Of($"{at}.{name}", given, "It is out of range.", $"Give {least} to {most}, or leave it out.");
        }

        if (hardware is { Threads: { } threads, Cores: { } cores } && threads < cores)
            yield return FieldError.Of($"{at}.threads", threads, $"It is less than the {cores} cores.", "Give at least as many threads as cores.");
        if (hardware.InstructionSets is { } sets && (sets.Count > 128 || sets.Any(set => set is null or { Length: > 64 })))
            yield return FieldError.Of($"{at}.instructionSets", sets.Count, "It is too long, or a name is missing or too long.", "Give at most 128 names of at most 64 characters.");
    }

    /// <summary>Figures that a metric's peers or scores may be.</summary>
    public static bool IsFigure(double figure) => double.IsFinite(figure) && figure > 0;
}
