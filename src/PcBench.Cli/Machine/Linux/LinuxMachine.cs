using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>A machine as Linux shows it.</summary>
internal static class LinuxMachine
{
    /// <param name="files">Where to read.</param>
    /// <param name="cpuid">The processor's CPUID; null where it has none.</param>
    /// <param name="folders">The disk that holds the first of these that is on a disk is the one measured.</param>
    public static MachineInfo Read(IFileTree files, CpuIdReader? cpuid, IReadOnlyList<string> folders) => new()
    {
        Cpu = LinuxCpu.Read(files, cpuid),
        Memory = LinuxMemory.Read(files),
        Disks = LinuxDisks.Read(files, folders),
        Gpus = LinuxGpus.Read(files),
        Board = LinuxBoard.Read(files),
        Os = new OsInfo
        {
            Family = OsFamily.Linux,
            Name = OsRelease.PrettyName(files.Text("/etc/os-release") ?? files.Text("/usr/lib/os-release")) ?? "Linux",
            Kernel = HardwareText.Clean(files.Value("/proc/sys/kernel/osrelease")),
            Architecture = ProcessArchitecture.Name,
        },
        Hypervisor = cpuid is null ? LinuxBoard.Hypervisor(files) : Hypervisors.Find(cpuid),
    };
}
