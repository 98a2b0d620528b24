using System.Globalization;
using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>The processor as CPUID and Linux show it.</summary>
internal static class LinuxCpu
{
    public static CpuInfo Read(IFileTree files, CpuIdReader? cpuid)
    {
        var topology = LinuxTopology.Read(files) ?? CpuTopology.OfProcess();
        var identity = cpuid is null ? ArmIdentity.Read(files) : X86Identity.Read(cpuid);
        var caches = LinuxCaches.Read(files);
        if (caches.Count == 0 && cpuid is not null)
            caches = CpuIdCaches.Read(cpuid, topology.Threads);
        return CpuDescription.Of(identity with { BaseMhz = identity.BaseMhz ?? BaseMhz(files, cpuid) }, topology, caches);
    }

    /// <summary>The nominal clock: from the driver in kHz, from the firmware in MHz, or the rate of the time stamp counter.</summary>
    private static double? BaseMhz(IFileTree files, CpuIdReader? cpuid)
    {
        if (files.Number($"{LinuxTopology.Folder}/cpu0/cpufreq/base_frequency") is > 0 and var khz)
            return khz / 1000.0;
        if (files.Number($"{LinuxTopology.Folder}/cpu0/acpi_cppc/nominal_freq") is > 0 and var mhz)
            return mhz;
        return cpuid is not null && X86Identity.HasInvariantTimeStampCounter(cpuid) ? CounterMhz(files.Text("/proc/cpuinfo")) : null;
    }

    /// <summary>On x86 a BogoMIPS is half a tick of the time stamp counter.</summary>
    private static double? CounterMhz(string? cpuInfo) =>
        ProcCpuInfo.Parse(cpuInfo).FirstOrDefault()?.GetValueOrDefault("bogomips") is { } text
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bogoMips)
            && bogoMips is > 200 and < 20_000
                ? Math.Round(bogoMips / 2)
                : null;
}
