namespace PcBench.Cli.Workloads;

/// <summary>Finds a folder whose disk can be measured.</summary>
internal static class StorageFolder
{
    private static readonly string[] MemoryFormats = ["tmpfs", "ramfs", "ramdisk", "rootfs"];

    /// <summary>The first folder that can hold the file, or why the last cannot.</summary>
    public static (string? Folder, string? Obstacle) Choose(IReadOnlyList<string> folders, long bytes)
    {
        string? obstacle = null;
        foreach (var folder in folders)
        {
            obstacle = Obstacle(folder, bytes);
            if (obstacle is null)
                return (folder, null);
        }

        return (null, obstacle);
    }

    /// <summary>Why <paramref name="folder"/> cannot hold a file of <paramref name="bytes"/> for measuring; null where it can.</summary>
    public static string? Obstacle(string folder, long bytes)
    {
        if (!Directory.Exists(folder))
            return $"{folder} does not exist; give a folder with --storage-path";
        var drive = new DriveInfo(folder);
        return Obstacle(folder, drive.DriveFormat, drive.AvailableFreeSpace, bytes);
    }

    /// <summary>The same, of what is known of the folder.</summary>
    public static string? Obstacle(string folder, string format, long free, long bytes)
    {
        if (MemoryFormats.Contains(format, StringComparer.OrdinalIgnoreCase))
            return $"{folder} is in memory ({format}), not on a disk; give a folder on a disk with --storage-path";
        return free < 2 * bytes
            ? $"{folder} has {free >> 20} MiB free, and twice the {bytes >> 20} MiB of the test file are needed; "
                + "free some, or give another folder with --storage-path"
            : null;
    }
}
