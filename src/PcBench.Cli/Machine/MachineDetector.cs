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
    public static MachineInfo Detect()
    {
        var cpuid = CpuId.OfProcessor();
        var machine = Read(cpuid);
        return machine with
        {
            Cpu = machine.Cpu with { MeasuredMhz = ClockProbe.MeasureMhz(), InstructionSets = InstructionSets.Supported(cpuid) },
        };
    }

    private static MachineInfo Read(CpuIdReader? cpuid)
    {
        if (OperatingSystem.IsWindows())
            return WindowsMachine.Read(cpuid, Path.GetTempPath());
        return OperatingSystem.IsMacOS()
            ? MacMachine.Read(Sysctl.OfSystem, cpuid)
            : LinuxMachine.Read(new SystemFiles(), cpuid, Path.GetTempPath());
    }
}
