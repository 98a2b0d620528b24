using PcBench.Contracts.Results;

namespace PcBench.Bench.Results;

/// <summary>A machine around a CPU model: memory, disk, board and system as they go together.</summary>
internal static class SyntheticMachine
{
    private static readonly int[] MemoryGib = [16, 32, 8, 64, 128, 24, 48];
    private static readonly string[] BoardMakers = ["ASUSTeK COMPUTER INC.", "Gigabyte Technology Co., Ltd.", "Micro-Star International Co., Ltd.", "ASRock", "Dell Inc.", "LENOVO", "HP"];
    private static readonly string[] DiskModels = ["Samsung SSD 990 PRO 1TB", "WD_BLACK SN850X 2000GB", "KINGSTON SNV2S1000G", "CT1000P3PSSD8", "Samsung SSD 870 EVO 1TB"];
    private static readonly string[] LinuxNames = ["Debian GNU/Linux 12 (bookworm)", "Ubuntu 24.04.3 LTS", "Fedora Linux 43", "Arch Linux", "Linux Mint 22"];
    private static readonly string[] WindowsNames = ["Microsoft Windows 11 Pro", "Microsoft Windows 11 Home", "Microsoft Windows 10 Pro"];
    private static readonly string[] Hypervisors = ["KVM", "Hyper-V", "VMware", "Xen"];
    private static readonly string[] X86Sets = ["SSE4.2", "POPCNT", "AES", "PCLMULQDQ", "AVX", "FMA", "AVX2", "BMI1", "BMI2", "LZCNT", "SHA", "VPCLMULQDQ", "GFNI"];
    private static readonly string[] ArmSets = ["AdvSimd", "AES", "SHA1", "SHA256", "CRC32", "DotProd", "LSE"];

    public static MachineInfo Of(CpuModel model, Random random)
    {
        var isVirtual = random.NextDouble() < (model.Server ? 0.7 : 0.06);
        return new MachineInfo
        {
            Cpu = CpuOf(model, random),
            Memory = MemoryOf(isVirtual, random),
            Disks = [isVirtual ? new DiskInfo { Kind = DiskKind.Virtual, SizeGib = 256 } : new DiskInfo { Model = random.FirstRather(DiskModels), Kind = DiskKind.Nvme, SizeGib = 931 }],
            Gpus = isVirtual ? [] : [new GpuInfo { Vendor = "NVIDIA", Model = $"NVIDIA GeForce RTX {random.Next(20, 51)}{random.Next(5, 9)}0", MemoryMib = 8_192, Driver = "nvidia 590.48" }],
            Board = isVirtual ? null : new BoardInfo { Vendor = random.FirstRather(BoardMakers), Model = $"PRIME {"ABXZHQ"[random.Next(6)]}{random.Next(4, 10)}{5 * random.Next(2)}0M-{random.Next(1, 5)}", Bios = $"{random.Next(10, 40)}.{random.Next(10)}" },
            Os = OsOf(model, random),
            Hypervisor = isVirtual ? random.FirstRather(Hypervisors) : null,
        };
    }

    private static CpuInfo CpuOf(CpuModel model, Random random)
    {
        var x86 = model.Vendor is "Intel" or "AMD";
        return new CpuInfo
        {
            Vendor = model.Vendor,
            Model = model.Brand,
            Microarchitecture = model.Microarchitecture,
            Family = x86 ? 6 : null,
            ModelNumber = model.BaseMhz % 200,
            Stepping = model.Cores % 8,
            Sockets = 1,
            Cores = model.Cores,
            Threads = model.Threads,
            BaseMhz = x86 ? model.BaseMhz : null,
            MeasuredMhz = Math.Round(Math.Min(model.BaseMhz * (1.3 + 0.05 * random.NextDouble()), 6_000), 1),
            Caches =
            [
                new CacheInfo { Level = 1, Kind = CacheKind.Data, SizeKib = 32, Count = model.Cores },
                new CacheInfo { Level = 1, Kind = CacheKind.Instruction, SizeKib = 32, Count = model.Cores },
                new CacheInfo { Level = 2, Kind = CacheKind.Unified, SizeKib = 1_024, Count = model.Cores },
                new CacheInfo { Level = 3, Kind = CacheKind.Unified, SizeKib = 2_048 * model.Cores, Count = 1 },
            ],
            InstructionSets = x86 ? X86Sets : ArmSets,
        };
    }

    private static MemoryInfo MemoryOf(bool isVirtual, Random random)
    {
        var gib = random.FirstRather(MemoryGib);
        var module = new MemoryModule { SizeMib = gib * 512, Type = "DDR5", SpeedMts = 5_600, Manufacturer = "G Skill Intl", PartNumber = "F5-6000J3038F16G" };
        return isVirtual
            ? new MemoryInfo { TotalMib = gib * 1_024 - random.Next(20, 400), Modules = [] }
            : new MemoryInfo { TotalMib = gib * 1_024 - random.Next(20, 400), Type = "DDR5", SpeedMts = 5_600, Modules = [module, module] };
    }

    private static OsInfo OsOf(CpuModel model, Random random)
    {
        var architecture = model.Vendor is "Intel" or "AMD" ? "x64" : "arm64";
        if (model.Vendor == "Apple")
            return new OsInfo { Family = OsFamily.MacOs, Name = $"macOS 26.{random.Next(4)}", Kernel = "25.1.0", Architecture = architecture };
        return random.NextDouble() < (model.Server ? 0.92 : 0.45)
            ? new OsInfo { Family = OsFamily.Linux, Name = random.FirstRather(LinuxNames), Kernel = $"6.{random.Next(1, 19)}.{random.Next(30)}", Architecture = architecture }
            : new OsInfo { Family = OsFamily.Windows, Name = random.FirstRather(WindowsNames), Kernel = $"10.0.26{random.Next(100, 300)}", Architecture = architecture };
    }
}
