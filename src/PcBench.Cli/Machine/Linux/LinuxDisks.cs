using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Disks from <c>/sys/block</c>.</summary>
internal static class LinuxDisks
{
    private const string Folder = "/sys/block";
    private const long SectorBytes = 512;
    private const long GibBytes = 1L << 30;
    private const int MaxDisks = 64;

    private static readonly string[] NotDisks = ["loop", "ram", "zram", "sr", "fd", "dm-", "md", "nbd", "drbd", "rbd", "mtdblock", "zd"];

    /// <summary>The disks; that which holds the first of the folders that is on a disk first, the others by name.</summary>
    public static IReadOnlyList<DiskInfo> Read(IFileTree files, IReadOnlyList<string> folders)
    {
        var mounts = files.Text("/proc/self/mountinfo");
        var measured = folders
            .Select(folder => MountTable.Holding(mounts, folder) is { } mount ? Below(files, mount) : null)
            .FirstOrDefault(name => name is not null);
        return [.. files.Entries(Folder).Where(IsDisk)
            .OrderBy(name => name != measured)
            .Select(name => Disk(files, name)).OfType<DiskInfo>().Take(MaxDisks)];
    }

    private static bool IsDisk(string name) =>
        !NotDisks.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        // The boot areas of an eMMC chip are parts of it.
        && !(name.StartsWith("mmcblk", StringComparison.Ordinal)
            && (name.Contains("boot", StringComparison.Ordinal) || name.Contains("rpmb", StringComparison.Ordinal)))
        // Paths to one NVMe disk by several controllers.
        && !(name.StartsWith("nvme", StringComparison.Ordinal) && name.AsSpan(4).Contains('c'));

    private static DiskInfo? Disk(IFileTree files, string name)
    {
        var bytes = (files.Number($"{Folder}/{name}/size") ?? 0) * SectorBytes;
        if (bytes <= 0)
            return null;
        var vendor = files.Value($"{Folder}/{name}/device/vendor");
        var model = files.Value($"{Folder}/{name}/device/model") ?? files.Value($"{Folder}/{name}/device/name");
        return new DiskInfo
        {
            Model = FirmwareText.Name(model),
            Kind = Kind(files, name, $"{vendor} {model}"),
            SizeGib = (int)Math.Min(Math.Round((double)bytes / GibBytes), 1 << 24),
        };
    }

    private static DiskKind Kind(IFileTree files, string name, string makerAndModel)
    {
        if (name.StartsWith("vd", StringComparison.Ordinal) || name.StartsWith("xvd", StringComparison.Ordinal)
            || VirtualDisks.IsNamed(makerAndModel))
            return DiskKind.Virtual;
        if (name.StartsWith("nvme", StringComparison.Ordinal))
            return DiskKind.Nvme;
        return files.Number($"{Folder}/{name}/queue/rotational") switch
        {
            0 => DiskKind.Ssd,
            1 => DiskKind.Hdd,
            _ => DiskKind.Unknown,
        };
    }

    /// <summary>
    /// The disk below a file system: through partitions, and through the first member of encrypted, logical or striped volumes.
    /// </summary>
    private static string? Below(IFileTree files, MountSource mount)
    {
        var block = Find(files, name => files.Value(name + "/dev") == mount.Device)
            ?? Find(files, name => "/dev/" + name[(name.LastIndexOf('/') + 1)..] == mount.Source);
        for (var depth = 0; block is not null && depth < 8; depth++)
        {
            if (files.Entries($"{Folder}/{block}/slaves") is not [var member, ..])
                return block;
            block = Find(files, name => name.EndsWith("/" + member, StringComparison.Ordinal));
        }

        return block;
    }

    /// <summary>The block device in /sys/block that is asked for, or that has the partition asked for.</summary>
    private static string? Find(IFileTree files, Predicate<string> asked) =>
        files.Entries(Folder).FirstOrDefault(name =>
            asked($"{Folder}/{name}")
            || files.Entries($"{Folder}/{name}").Any(part =>
                part.StartsWith(name, StringComparison.Ordinal) && asked($"{Folder}/{name}/{part}")));
}
