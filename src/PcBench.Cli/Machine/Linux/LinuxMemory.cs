using System.Globalization;
using PcBench.Cli.Machine.Smbios;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Main memory from <c>/proc/meminfo</c> and the firmware's table.</summary>
internal static class LinuxMemory
{
    public static MemoryInfo Read(IFileTree files)
    {
        var modules = SmbiosMemory.Modules(files.Bytes("/sys/firmware/dmi/tables/DMI"));
        if (modules.Count == 0)
            modules = UdevMemory.Modules(files.Text("/run/udev/data/+dmi:id"));
        return MemoryDescription.Of(TotalMib(files.Text("/proc/meminfo")), modules);
    }

    /// <summary>The line <c>MemTotal:  24684096 kB</c>.</summary>
    private static long? TotalMib(string? memInfo) =>
        LabelledLine.Find(memInfo, "MemTotal:")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, "kB"]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kib)
                ? kib / 1024
                : null;
}
