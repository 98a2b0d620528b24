using PcBench.Cli.Machine.Smbios;

namespace PcBench.Cli.Machine;

/// <summary>What a system says of itself that may go nowhere. It is read to be looked for in what does go somewhere, and kept nowhere.</summary>
internal static class MachineSecrets
{
    /// <summary>Names of the machine and of its user, also of the one who became root by <c>sudo</c>.</summary>
    public static IEnumerable<string?> Names(IFileTree files)
    {
        string?[] hosts = [Environment.MachineName, files.Value("/proc/sys/kernel/hostname"), files.Value("/etc/hostname")];
        string[] variables = ["SUDO_USER", "DOAS_USER", "LOGNAME", "USER", "USERNAME"];
        return
        [
            .. hosts,
            // Of a full name the first label and the domain tell as much.
            .. hosts.SelectMany(host => host?.Split('.', 2) is [var label, var domain] ? new[] { label, domain } : []),
            UserName(),
            Path.GetFileName(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)),
            .. variables.Select(Environment.GetEnvironmentVariable),
        ];
    }

    /// <summary>Serial numbers, asset tags, ids and addresses of the machine and its parts.</summary>
    /// <param name="files">Where to read.</param>
    /// <param name="smbios">The firmware's table; null where it cannot be read.</param>
    public static IEnumerable<string?> Numbers(IFileTree files, byte[]? smbios)
    {
        string[] firmware = ["board_serial", "product_serial", "chassis_serial", "product_uuid", "chassis_asset_tag", "board_asset_tag"];
        string[] ofDisk = ["serial", "wwid", "uuid", "device/serial", "device/wwid", "device/cid"];
        // A cloud writes its own name where an owner's tag belongs.
        var vendor = files.Value("/sys/class/dmi/id/sys_vendor");
        string?[] numbers =
        [
            files.Value("/etc/machine-id"),
            files.Value("/proc/device-tree/serial-number"),
            LabelledLine.Find(files.Text("/proc/cpuinfo"), "Serial")?.Trim(':', '\t', ' '), // of a board of Arm
            .. firmware.Select(name => files.Value($"/sys/class/dmi/id/{name}")),
            .. SmbiosSerials.Of(smbios),
            .. UdevSerials(files.Text("/run/udev/data/+dmi:id")),
            .. files.Entries("/sys/block").SelectMany(disk => ofDisk.Select(name => files.Value($"/sys/block/{disk}/{name}"))
                // Of a SATA disk there is no such file.
                .Concat(UdevSerials(files.Text($"/run/udev/data/b{files.Value($"/sys/block/{disk}/dev")}")))),
            .. files.Entries("/sys/class/net").Select(net => files.Value($"/sys/class/net/{net}/address")?.Replace(":", "", StringComparison.Ordinal)),
        ];
        return numbers.Where(number => number != vendor && number?.Trim('0') != "");
    }

    private static IEnumerable<string> UdevSerials(string? record) =>
        (record ?? "").Split('\n').Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && (pair[0].Contains("SERIAL", StringComparison.Ordinal) || pair[0].EndsWith("ASSET_TAG", StringComparison.Ordinal)
                || pair[0].Contains("WWN", StringComparison.Ordinal)))
            // The long form is made of the model too, which is no secret.
            .Where(pair => pair[0] is not ("E:ID_SERIAL" or "E:SCSI_IDENT_SERIAL"))
            .Select(pair => pair[1].Trim());

    /// <summary>A container may have no list of users.</summary>
    private static string? UserName()
    {
        try
        {
            return Environment.UserName;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
