using System.Runtime.Versioning;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>The state of a machine as Windows shows it. Temperature and steal are not to be had without a driver.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsState : IStateSource
{
    public EnvironmentInfo Read()
    {
        var registry = new SystemRegistry();
        return new EnvironmentInfo
        {
            Governor = WindowsRegistryFacts.PowerPlan(registry),
            Power = Power(),
            Microcode = WindowsRegistryFacts.Microcode(registry),
        };
    }

    public double? TemperatureC() => null;

    /// <summary>Kernel time holds the idle time.</summary>
    public CpuTimes? Times() => NativeMethods.GetSystemTimes(out var idle, out var kernel, out var user)
        ? new CpuTimes(TimeSpan.FromTicks(kernel - idle + user).TotalSeconds, TimeSpan.FromTicks(idle).TotalSeconds, Steal: null)
        : null;

    private static PowerSource? Power() => !NativeMethods.GetSystemPowerStatus(out var status) ? null : status.AcLine switch
    {
        0 => PowerSource.Battery,
        1 => PowerSource.Mains,
        _ => null,
    };
}
