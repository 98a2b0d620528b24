using PcBench.Contracts.Results;

namespace PcBench.Contracts.Api;

/// <summary>
/// What is known of a machine before anything is measured. Everything is optional: what is absent is unknown and makes a
/// prediction's interval wider. At least one of <see cref="CpuModel"/>, <see cref="Microarchitecture"/> and
/// <see cref="Threads"/> must be there.
/// </summary>
public sealed record Hardware
{
    /// <summary>Brand string of the processor: <c>AMD EPYC 7763 64-Core Processor</c>. At most 256 characters.</summary>
    public string? CpuModel { get; init; }

    /// <summary>Vendor in any usual spelling: <c>AMD</c>, <c>AuthenticAMD</c>, <c>Intel</c>, <c>ARM</c>.</summary>
    public string? Vendor { get; init; }

    /// <summary>Microarchitecture in any usual spelling: <c>Zen 4</c>, <c>Zen4</c>, <c>Ice Lake-SP</c>, <c>Neoverse-V2</c>. Default: by CPUID, else by the brand string.</summary>
    public string? Microarchitecture { get; init; }

    /// <summary><c>x86_64</c> (or <c>x64</c>) or <c>aarch64</c> (or <c>arm64</c>).</summary>
    public string? Architecture { get; init; }

    /// <summary>CPUID family (x86). 0 to 1,000.</summary>
    public int? CpuidFamily { get; init; }

    /// <summary>CPUID model (x86) or MIDR part number (Arm). 0 to 100,000.</summary>
    public int? CpuidModel { get; init; }

    /// <summary>CPUID stepping (x86). 0 to 255.</summary>
    public int? CpuidStepping { get; init; }

    /// <summary>Packages. 1 to 64.</summary>
    public int? Sockets { get; init; }

    /// <summary>Physical cores of all packages, of all kinds. 1 to 4,096.</summary>
    public int? Cores { get; init; }

    /// <summary>Logical processors. At least <see cref="Cores"/>, at most 4,096.</summary>
    public int? Threads { get; init; }

    /// <summary>Performance cores, where cores are of different kinds.</summary>
    public int? PerformanceCores { get; init; }

    /// <summary>Efficiency cores, where cores are of different kinds.</summary>
    public int? EfficiencyCores { get; init; }

    /// <summary>Nominal clock in MHz. 100 to 10,000.</summary>
    public double? BaseMhz { get; init; }

    /// <summary>Highest clock one core reaches, in MHz. 100 to 10,000.</summary>
    public double? MaxMhz { get; init; }

    /// <summary>Clock that the system reported at some moment or measured under one thread's load, in MHz. 100 to 10,000.</summary>
    public double? ReportedMhz { get; init; }

    /// <summary>Highest clock by the firmware's tables (SMBIOS), in MHz. 100 to 10,000.</summary>
    public double? FirmwareMaxMhz { get; init; }

    /// <summary>Highest clock of the efficiency cores, in MHz. 100 to 10,000.</summary>
    public double? EfficiencyMaxMhz { get; init; }

    /// <summary>Level 1 data caches of all cores together, in KiB.</summary>
    public double? L1DataKib { get; init; }

    /// <summary>Level 1 instruction caches of all cores together, in KiB.</summary>
    public double? L1InstructionKib { get; init; }

    /// <summary>Level 2 caches together, in KiB.</summary>
    public double? L2Kib { get; init; }

    /// <summary>Level 3 caches together, in KiB.</summary>
    public double? L3Kib { get; init; }

    /// <summary>Number of level 2 caches.</summary>
    public int? L2Instances { get; init; }

    /// <summary>Number of level 3 caches.</summary>
    public int? L3Instances { get; init; }

    /// <summary>Instruction sets: <c>AVX2</c>, <c>AVX512F</c>, <c>AES</c>, <c>SVE2</c>; case and punctuation do not matter. At most 128. Absent: unknown.</summary>
    public IReadOnlyList<string>? InstructionSets { get; init; }

    /// <summary>NUMA nodes the system sees. 1 to 1,024.</summary>
    public int? NumaNodes { get; init; }

    /// <summary>Memory in MiB.</summary>
    public double? MemoryMib { get; init; }

    /// <summary>Kind of memory: <c>DDR5</c>.</summary>
    public string? MemoryType { get; init; }

    /// <summary>Configured transfer rate of memory, in MT/s. 100 to 20,000.</summary>
    public double? MemoryMts { get; init; }

    /// <summary>Memory channels of one package. 1 to 64.</summary>
    public int? MemoryChannels { get; init; }

    /// <summary>Memory modules.</summary>
    public int? MemoryModules { get; init; }

    /// <summary>Hypervisor: <c>KVM</c>. Empty text: bare metal. Absent: unknown.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Whether the machine shares its processor with others or may use it only in bursts.</summary>
    public bool? Shared { get; init; }

    /// <summary>Thermal design power of one package, in W. 0.1 to 2,000.</summary>
    public double? TdpW { get; init; }

    /// <summary>Year the processor came out. 1990 to 2100.</summary>
    public int? LaunchYear { get; init; }

    /// <summary>What the processor is made for: <c>Desktop</c>, <c>Laptop</c>, <c>Server</c>, <c>Mobile/Embedded</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Socket: <c>LGA1700</c>.</summary>
    public string? Socket { get; init; }

    /// <summary>The hardware of a measured machine.</summary>
    public static Hardware Of(MachineInfo machine)
    {
        var cpu = machine.Cpu;
        double? Cache(int level, params CacheKind[] kinds) =>
            cpu.Caches.Where(cache => cache.Level == level && kinds.Contains(cache.Kind)).Sum(cache => (double)cache.SizeKib * cache.Count) is > 0 and var sum ? sum : null;
        int? Instances(int level) => cpu.Caches.Where(cache => cache.Level == level && cache.Kind != CacheKind.Instruction).Sum(cache => cache.Count) is > 0 and var sum ? sum : null;
        return new Hardware
        {
            CpuModel = cpu.Model,
            Vendor = cpu.Vendor,
            Microarchitecture = cpu.Microarchitecture,
            Architecture = machine.Os.Architecture,
            CpuidFamily = cpu.Family,
            CpuidModel = cpu.ModelNumber,
            CpuidStepping = cpu.Stepping,
            Sockets = cpu.Sockets,
            Cores = cpu.Cores,
            Threads = cpu.Threads,
            PerformanceCores = cpu.PerformanceCores,
            EfficiencyCores = cpu.EfficiencyCores,
            BaseMhz = cpu.BaseMhz,
            ReportedMhz = cpu.MeasuredMhz,
            L1DataKib = Cache(1, CacheKind.Data, CacheKind.Unified),
            L1InstructionKib = Cache(1, CacheKind.Instruction),
            L2Kib = Cache(2, CacheKind.Data, CacheKind.Unified),
            L3Kib = Cache(3, CacheKind.Data, CacheKind.Unified),
            L2Instances = Instances(2),
            L3Instances = Instances(3),
            InstructionSets = cpu.InstructionSets,
            MemoryMib = machine.Memory.TotalMib,
            MemoryType = machine.Memory.Type,
            MemoryMts = machine.Memory.SpeedMts,
            MemoryModules = machine.Memory.Modules.Count is > 0 and var modules ? modules : null,
            Hypervisor = machine.Hypervisor ?? "",
        };
    }
}
