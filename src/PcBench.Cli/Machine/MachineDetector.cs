using PcBench.Cli.Machine.Cpu;
using PcBench.Cli.Machine.Linux;
using PcBench.Cli.Machine.MacOs;
using PcBench.Cli.Machine.Windows;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Tells what this machine is. Whatever cannot be read is absent, never guessed.</summary>
internal static class MachineDetector
{
    /// <summary>Looks at the machine; takes under half a second, most of it for the measured clock.</summary>
    /// <param name="folders">
    /// Where storage may be measured: the disk that holds the first of them that is on a disk comes first. None means the
    /// temporary folder, or the user's own where that is kept in memory.
    /// </param>
    public static MachineInfo Detect(params IReadOnlyList<string> folders)
    {
        var cpuid = CpuId.OfProcessor();
        if (folders.Count == 0)
            folders = [Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
        var machine = Redactor.OfSystem(new SystemFiles()).Clean(Read(cpuid, folders));
        return machine with
        {
            Cpu = machine.Cpu with
            {
                MeasuredMhz = ClockProbe.MeasureMhz(),
                InstructionSets = InstructionSets.Supported(cpuid),
                // Only hypervisors hide a processor's name.
                ModelIsAmbiguous = machine.Hypervisor is not null && CpuNames.IsAmbiguous(machine.Cpu.Model) ? true : null,
            },
        };
    }

    private static MachineInfo Read(CpuIdReader? cpuid, IReadOnlyList<string> folders)
    {
        if (OperatingSystem.IsWindows())
            return WindowsMachine.Read(cpuid, folders);
        return OperatingSystem.IsMacOS()
            ? MacMachine.Read(Sysctl.OfSystem, cpuid)
            : LinuxMachine.Read(new SystemFiles(), cpuid, folders);
    }
}
