using System.Text.RegularExpressions;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>
/// Takes out of a description what names one machine or its user. The detectors read no field that is meant for such; this is for the
/// fields that are not: a board named after the host, a kernel built by somebody, a disk that calls its serial number its model.
/// </summary>
/// <param name="secrets">Names and numbers of this machine; those under four characters are part of too many honest words.</param>
internal sealed partial class Redactor(IEnumerable<string?> secrets)
{
    private const int ShortestSecret = 4;

    private readonly Regex[] known =
    [
        .. secrets.Select(secret => secret?.Trim()).OfType<string>()
            .Where(secret => secret.Length >= ShortestSecret && FirmwareText.Name(secret) is not null)
            .Distinct().OrderByDescending(secret => secret.Length)
            .Select(secret => new Regex($"(?<![A-Za-z0-9]){Regex.Escape(secret)}(?![A-Za-z0-9])")),
    ];

    /// <summary>What this machine's system says of itself that may go nowhere.</summary>
    public static Redactor OfSystem(IFileTree files)
    {
        string[] firmware = ["board_serial", "product_serial", "chassis_serial", "product_uuid", "chassis_asset_tag", "board_asset_tag"];
        return new Redactor(
        [
            Environment.MachineName,
            UserName(),
            files.Value("/etc/machine-id"),
            .. firmware.Select(name => files.Value($"/sys/class/dmi/id/{name}")),
            .. files.Entries("/sys/block").SelectMany(name => new[] { files.Value($"/sys/block/{name}/serial"), files.Value($"/sys/block/{name}/device/serial") }),
        ]);
    }

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

    /// <summary>The description without them. The processor's own words come from the processor, and the system's from its maker: they stay.</summary>
    public MachineInfo Clean(MachineInfo machine) => machine with
    {
        Memory = machine.Memory with
        {
            Modules = [.. machine.Memory.Modules.Select(module => module with { Manufacturer = Text(module.Manufacturer), PartNumber = Text(module.PartNumber) })],
        },
        Disks = [.. machine.Disks.Select(disk => disk with { Model = Text(disk.Model) })],
        Gpus = [.. machine.Gpus.Select(gpu => gpu with { Model = Text(gpu.Model) ?? "unknown", Driver = Text(gpu.Driver) })],
        Board = machine.Board is { } board ? board with { Vendor = Text(board.Vendor), Model = Text(board.Model), Bios = Text(board.Bios) } : null,
        Os = machine.Os with { Kernel = Text(machine.Os.Kernel) },
    };

    /// <summary>A text without them; null where nothing else was in it.</summary>
    public string? Text(string? text)
    {
        if (text is null)
            return null;
        var clean = Numbers().Replace(text, " ");
        foreach (var secret in known)
            clean = secret.Replace(clean, " ");
        return clean == text ? text : HardwareText.Clean(clean.Trim(' ', '-', '_', '@', ':', ',', ';'));
    }

    /// <summary>UUIDs, and hardware addresses of networks.</summary>
    [GeneratedRegex("(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\\1[0-9A-Fa-f]{2}){4})(?![0-9A-Za-z])")]
    private static partial Regex Numbers();
}
