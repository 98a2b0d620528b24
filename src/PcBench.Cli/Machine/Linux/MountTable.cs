namespace PcBench.Cli.Machine.Linux;

/// <summary>Where a file system comes from.</summary>
/// <param name="Device">Major and minor number: <c>254:0</c>. The major number is 0 for file systems over several devices.</param>
/// <param name="Source">What was mounted: <c>/dev/sda2</c>.</param>
internal sealed record MountSource(string Device, string Source);

/// <summary><c>/proc/self/mountinfo</c>: <c>27 1 254:0 / /mnt rw,relatime shared:1 - ext4 /dev/vda rw</c>.</summary>
internal static class MountTable
{
    /// <summary>The file system that holds a path; null where the table does not say.</summary>
    public static MountSource? Holding(string? mountInfo, string path)
    {
        MountSource? holding = null;
        var longest = -1;
        foreach (var line in (mountInfo ?? "").Split('\n'))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var separator = Array.IndexOf(fields, "-");
            if (separator < 6 || separator + 2 >= fields.Length)
                continue;
            var point = Unescape(fields[4]);
            // The later of two mounts on one point hides the earlier.
            if (point.Length >= longest && Contains(point, path))
                (longest, holding) = (point.Length, new MountSource(fields[2], Unescape(fields[separator + 2])));
        }

        return holding;
    }

    private static bool Contains(string point, string path) =>
        point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);

    /// <summary>The kernel writes a space in a name as octal digits.</summary>
    private static string Unescape(string field) => field.Replace(@"\040", " ", StringComparison.Ordinal);
}
