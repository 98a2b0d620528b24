using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.MacOs;

/// <summary>A machine as the kernel of macOS shows it.</summary>
internal static class MacMachine
{
    public static MachineInfo Read(SysctlReader sysctl, CpuIdReader? cpuid) => new()
    {
        Cpu = CpuDescription.Of(Identity(sysctl, cpuid), Topology(sysctl), Caches(sysctl)),
        Memory = MemoryDescription.Of(sysctl.Number("hw.memsize") >> 20, []),
        Disks = [],
        Gpus = [],
        Board = HardwareText.Clean(sysctl.Text("hw.model")) is { } model ? new BoardInfo { Vendor = "Apple", Model = model } : null,
        Os = new OsInfo
        {
            Family = OsFamily.MacOs,
            Name = HardwareText.Clean($"macOS {sysctl.Text("kern.osproductversion")}")!,
            Kernel = HardwareText.Clean(sysctl.Text("kern.osrelease")),
            Architecture = ProcessArchitecture.Name,
        },
        Hypervisor = sysctl.Number("kern.hv_vmm_present") == 1 ? "Apple Virtualization" : null,
    };

    private static CpuIdentity Identity(SysctlReader sysctl, CpuIdReader? cpuid)
    {
        if (cpuid is not null)
            return X86Identity.Read(cpuid);
        var brand = sysctl.Text("machdep.cpu.brand_string");
        return new CpuIdentity { Vendor = brand?.StartsWith("Apple", StringComparison.Ordinal) == true ? "Apple" : null, Model = brand };
    }

    private static CpuTopology Topology(SysctlReader sysctl)
    {
        if (Count(sysctl, "hw.physicalcpu") is not { } cores || Count(sysctl, "hw.logicalcpu") is not { } threads || threads < cores)
            return CpuTopology.OfProcess();
        var performance = Count(sysctl, "hw.perflevel0.physicalcpu");
        var efficiency = Count(sysctl, "hw.perflevel1.physicalcpu");
        var hybrid = performance + efficiency == cores;
        return new CpuTopology(
            Math.Clamp(Count(sysctl, "hw.packages") ?? 1, 1, Math.Min(cores, 64)), cores, threads,
            hybrid ? performance : null, hybrid ? efficiency : null);
    }

    /// <summary>Apple's own processors list the caches of each kind of core, Intel's those of the machine.</summary>
    private static IReadOnlyList<CacheInfo> Caches(SysctlReader sysctl)
    {
        string[] kinds = Count(sysctl, "hw.perflevel0.physicalcpu") is null ? ["hw."] : ["hw.perflevel0.", "hw.perflevel1."];
        return [.. kinds.SelectMany(kind => CachesOf(sysctl, kind))
            .OfType<CacheInfo>()
            .OrderBy(cache => cache.Level).ThenBy(cache => cache.Kind)];
    }

    private static IEnumerable<CacheInfo?> CachesOf(SysctlReader sysctl, string kind)
    {
        var cores = Count(sysctl, kind + "physicalcpu") ?? 1;
        var sharing = Count(sysctl, kind + "cpusperl2") ?? 1;
        yield return Cache(sysctl, kind + "l1dcachesize", 1, CacheKind.Data, cores);
        yield return Cache(sysctl, kind + "l1icachesize", 1, CacheKind.Instruction, cores);
        yield return Cache(sysctl, kind + "l2cachesize", 2, CacheKind.Unified, Math.Max(1, cores / sharing));
        yield return Cache(sysctl, kind + "l3cachesize", 3, CacheKind.Unified, 1);
    }

    private static CacheInfo? Cache(SysctlReader sysctl, string name, int level, CacheKind kind, int count) =>
        sysctl.Number(name) / 1024 is >= 1 and <= 1 << 24 and var kib
            ? new CacheInfo { Level = level, Kind = kind, SizeKib = (int)kib, Count = count }
            : null;

    private static int? Count(SysctlReader sysctl, string name) =>
        sysctl.Number(name) is >= 1 and <= 4_096 and var count ? (int)count : null;
}
