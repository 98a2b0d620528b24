using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using PcBench.Cli.Machine.Cpu;
using PcBench.Cli.Machine.Smbios;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>A machine as Windows shows it.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsMachine
{
    private const uint RawSmbios = 0x5253_4D42;
    private const int RawSmbiosHeader = 8;
    private const int AllRelationships = 0xFFFF;

    public static MachineInfo Read(CpuIdReader? cpuid, IReadOnlyList<string> folders)
    {
        var registry = new SystemRegistry();
        return new MachineInfo
        {
            Cpu = Cpu(registry, cpuid),
            Memory = MemoryDescription.Of(TotalMib(), SmbiosMemory.Modules(SmbiosBytes())),
            Disks = WindowsDisks.Read(folders),
            Gpus = WindowsRegistryFacts.Gpus(registry),
            Board = WindowsRegistryFacts.Board(registry),
            Os = new OsInfo
            {
                Family = OsFamily.Windows,
                Name = WindowsRegistryFacts.OsName(registry),
                Kernel = HardwareText.Clean(Environment.OSVersion.Version.ToString()),
                Architecture = ProcessArchitecture.Name,
            },
            Hypervisor = cpuid is null ? null : Hypervisors.Find(cpuid),
        };
    }

    private static CpuInfo Cpu(SystemRegistry registry, CpuIdReader? cpuid)
    {
        var records = LogicalProcessorBytes();
        var identity = cpuid is null ? CpuIdentity.Unknown : X86Identity.Read(cpuid);
        return CpuDescription.Of(
            identity with
            {
                Model = identity.Model ?? WindowsRegistryFacts.CpuModel(registry),
                BaseMhz = identity.BaseMhz ?? WindowsRegistryFacts.CpuMhz(registry),
            },
            LogicalProcessors.Topology(records) ?? CpuTopology.OfProcess(),
            LogicalProcessors.Caches(records));
    }

    private static long? TotalMib()
    {
        var status = new NativeMethods.MemoryStatus { Length = (uint)Marshal.SizeOf<NativeMethods.MemoryStatus>() };
        return NativeMethods.GlobalMemoryStatusEx(ref status) ? (long)(status.TotalPhysical >> 20) : null;
    }

    internal static byte[]? SmbiosBytes()
    {
        var buffer = new byte[NativeMethods.GetSystemFirmwareTable(RawSmbios, 0, null, 0)];
        var written = NativeMethods.GetSystemFirmwareTable(RawSmbios, 0, buffer, (uint)buffer.Length);
        return written > RawSmbiosHeader && written <= buffer.Length ? buffer[RawSmbiosHeader..(int)written] : null;
    }

    /// <summary>Cores, packages and caches, for <see cref="LogicalProcessors"/>.</summary>
    internal static byte[]? LogicalProcessorBytes()
    {
        uint length = 0;
        NativeMethods.GetLogicalProcessorInformationEx(AllRelationships, null, ref length);
        var buffer = new byte[length];
        return length > 0 && NativeMethods.GetLogicalProcessorInformationEx(AllRelationships, buffer, ref length) ? buffer : null;
    }
}
