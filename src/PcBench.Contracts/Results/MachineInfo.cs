using System.Text.Json.Serialization;

namespace PcBench.Contracts.Results;

/// <summary>What the machine is. Whatever could not be read is absent, never guessed.</summary>
public sealed record MachineInfo
{
    /// <summary>The processor.</summary>
    public required CpuInfo Cpu { get; init; }

    /// <summary>Main memory.</summary>
    public required MemoryInfo Memory { get; init; }

    /// <summary>Disks, the measured one first. At most 64.</summary>
    public required IReadOnlyList<DiskInfo> Disks { get; init; }

    /// <summary>Graphics processors. At most 32.</summary>
    public required IReadOnlyList<GpuInfo> Gpus { get; init; }

    /// <summary>Main board and firmware.</summary>
    public BoardInfo? Board { get; init; }

    /// <summary>Operating system.</summary>
    public required OsInfo Os { get; init; }

    /// <summary>Hypervisor as it names itself by CPUID or the operating system: <c>KVM</c>. Absent on bare metal.</summary>
    public string? Hypervisor { get; init; }
}

/// <summary>The processor, as the operating system and CPUID show it.</summary>
public sealed record CpuInfo
{
    /// <summary>Vendor's trade name: <c>AMD</c>, <c>Intel</c>, <c>Apple</c>, <c>Ampere</c> …</summary>
    public required string Vendor { get; init; }

    /// <summary>Brand string, white space folded: <c>AMD Ryzen 9 7950X 16-Core Processor</c>.</summary>
    public required string Model { get; init; }

    /// <summary>True where several processors have that name, as clouds give them: <c>Intel Xeon Processor (Skylake)</c>. Absent otherwise.</summary>
    public bool? ModelIsAmbiguous { get; init; }

    /// <summary>Microarchitecture by CPUID or MIDR: <c>Zen 4</c>.</summary>
    public string? Microarchitecture { get; init; }

    /// <summary>CPUID family (x86).</summary>
    public int? Family { get; init; }

    /// <summary>CPUID model (x86) or MIDR part number (Arm).</summary>
    public int? ModelNumber { get; init; }

    /// <summary>CPUID stepping (x86) or MIDR variant and revision as one byte (Arm): r1p2 is 18 (0x12).</summary>
    public int? Stepping { get; init; }

    /// <summary>Packages. 1 to 64.</summary>
    public required int Sockets { get; init; }

    /// <summary>Physical cores of all packages. 1 to 4,096.</summary>
    public required int Cores { get; init; }

    /// <summary>Logical processors. At least <see cref="Cores"/>, at most 4,096.</summary>
    public required int Threads { get; init; }

    /// <summary>Performance cores, where cores are of different kinds.</summary>
    public int? PerformanceCores { get; init; }

    /// <summary>Efficiency cores, where cores are of different kinds.</summary>
    public int? EfficiencyCores { get; init; }

    /// <summary>Nominal clock in MHz.</summary>
    public double? BaseMhz { get; init; }

    /// <summary>Clock measured under one thread's load by a chain of dependent operations, in MHz.</summary>
    public double? MeasuredMhz { get; init; }

    /// <summary>Caches, one entry for each level, kind and size: the two kinds of core of a hybrid have caches of their own. At most 16.</summary>
    public required IReadOnlyList<CacheInfo> Caches { get; init; }

    /// <summary>SIMD and crypto instruction sets the processor offers: <c>AVX2</c>, <c>AES</c>, <c>AdvSimd</c>. At most 64.</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }
}

/// <summary>What a cache holds.</summary>
[JsonConverter(typeof(CamelCase<CacheKind>))]
public enum CacheKind
{
    /// <summary>Data only.</summary>
    Data,

    /// <summary>Instructions only.</summary>
    Instruction,

    /// <summary>Both.</summary>
    Unified,
}

/// <summary>One level of cache.</summary>
public sealed record CacheInfo
{
    /// <summary>1 is nearest to the core. 1 to 4.</summary>
    public required int Level { get; init; }

    /// <summary>What it holds.</summary>
    public required CacheKind Kind { get; init; }

    /// <summary>Size of one instance in KiB.</summary>
    public required int SizeKib { get; init; }

    /// <summary>Number of instances in the machine.</summary>
    public required int Count { get; init; }
}

/// <summary>Main memory.</summary>
public sealed record MemoryInfo
{
    /// <summary>Memory the operating system can use, in MiB.</summary>
    public required int TotalMib { get; init; }

    /// <summary>Kind: <c>DDR5</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Configured transfer rate, in MT/s.</summary>
    public int? SpeedMts { get; init; }

    /// <summary>Modules in their sockets, where readable. At most 128.</summary>
    public required IReadOnlyList<MemoryModule> Modules { get; init; }
}

/// <summary>One memory module. No serial number.</summary>
public sealed record MemoryModule
{
    /// <summary>Size in MiB.</summary>
    public required int SizeMib { get; init; }

    /// <summary>Kind: <c>DDR5</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Configured transfer rate, in MT/s.</summary>
    public int? SpeedMts { get; init; }

    /// <summary>Maker.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Maker's part number: names a product, not a piece.</summary>
    public string? PartNumber { get; init; }
}

/// <summary>What a disk is made of.</summary>
[JsonConverter(typeof(CamelCase<DiskKind>))]
public enum DiskKind
{
    /// <summary>The system does not say.</summary>
    Unknown,

    /// <summary>Flash on PCI Express.</summary>
    Nvme,

    /// <summary>Flash on SATA, SAS, USB or soldered.</summary>
    Ssd,

    /// <summary>Spinning.</summary>
    Hdd,

    /// <summary>Shown by a hypervisor.</summary>
    Virtual,
}

/// <summary>One disk. No serial number, no mount point.</summary>
public sealed record DiskInfo
{
    /// <summary>Model as the device names it.</summary>
    public string? Model { get; init; }

    /// <summary>What it is made of.</summary>
    public required DiskKind Kind { get; init; }

    /// <summary>Size in GiB, rounded.</summary>
    public required int SizeGib { get; init; }
}

/// <summary>One graphics processor.</summary>
public sealed record GpuInfo
{
    /// <summary>Maker.</summary>
    public string? Vendor { get; init; }

    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Memory of its own in MiB.</summary>
    public int? MemoryMib { get; init; }

    /// <summary>Driver's name and version.</summary>
    public string? Driver { get; init; }
}

/// <summary>Main board and firmware. No serial number.</summary>
public sealed record BoardInfo
{
    /// <summary>Maker.</summary>
    public string? Vendor { get; init; }

    /// <summary>Model.</summary>
    public string? Model { get; init; }

    /// <summary>Firmware version.</summary>
    public string? Bios { get; init; }
}

/// <summary>Family of operating systems.</summary>
[JsonConverter(typeof(CamelCase<OsFamily>))]
public enum OsFamily
{
    /// <summary>Linux.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>macOS.</summary>
    MacOs,
}

/// <summary>Operating system. No host name.</summary>
public sealed record OsInfo
{
    /// <summary>Family.</summary>
    public required OsFamily Family { get; init; }

    /// <summary>Name and version for people: <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kernel version: <c>6.18.5</c>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Architecture of the running process: <c>x64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }
}
