using System.Buffers.Binary;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.MacOs;

/// <summary>The state of a machine as the kernel of macOS shows it, which is its load alone.</summary>
internal sealed class MacState(SysctlReader sysctl) : IStateSource
{
    public EnvironmentInfo Read() => new() { LoadAverage = LoadAverage(sysctl("vm.loadavg")) };

    public double? TemperatureC() => null;

    public CpuTimes? Times() => null;

    /// <summary>Three fixed-point numbers of four bytes, then their scale in eight.</summary>
    private static double? LoadAverage(byte[]? loads)
    {
        if (loads is not { Length: 24 })
            return null;
        var load = (double)BinaryPrimitives.ReadUInt32LittleEndian(loads) / BinaryPrimitives.ReadInt64LittleEndian(loads.AsSpan(16));
        return load is >= 0 and <= 100_000 ? load : null;
    }
}
