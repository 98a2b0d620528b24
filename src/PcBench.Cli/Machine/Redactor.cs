using System.Collections.Frozen;
using System.Text.RegularExpressions;
using PcBench.Cli.Machine.Windows;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>
/// Takes out of a description what names one machine or its user. The detectors read no field that is meant for such; this is for the
/// fields that are not: a board named after the host, a kernel built by somebody, a disk that calls its serial number its model.
/// </summary>
/// <param name="names">
/// Names of this machine and its user. They go where they are a word of their own, in capitals or not; a number behind a name, or a letter behind a number,
/// makes no other word of it.
/// </param>
/// <param name="numbers">Serial numbers and the like. They go wherever they stand.</param>
internal sealed partial class Redactor(IEnumerable<string?> names, IEnumerable<string?> numbers)
{
    private const int ShortestName = 3;
    private const int ShortestNumber = 6;

    /// <summary>Short words of hardware and kernels, which a user may be called too.</summary>
    private static readonly FrozenSet<string> Honest = new[]
    {
        "amd", "arm", "aws", "evo", "gcp", "hdd", "ibm", "lts", "max", "msi", "pci", "pro", "pve", "ram", "rev", "rpi", "ssd", "usb", "ver", "wdc", "wsl", "x64", "x86", "xen",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly Regex[] known =
    [
        .. Known(numbers, ShortestNumber, number => number.Any(char.IsAsciiDigit) ? Regex.Escape(number) : Word(number)),
        .. Known(names, ShortestName, Word),
    ];

    /// <summary>One that looks for what this machine's system says of itself.</summary>
    public static Redactor OfSystem(IFileTree files) => new(
        MachineSecrets.Names(files),
        MachineSecrets.Numbers(files, OperatingSystem.IsWindows() ? WindowsMachine.SmbiosBytes() : files.Bytes("/sys/firmware/dmi/tables/DMI")));

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
        Os = machine.Os with { Kernel = Text(machine.Os.Kernel), Name = HardwareText.Clean(Shapes().Replace(machine.Os.Name, " ")) ?? $"{machine.Os.Family}" },
    };

    /// <summary>A text without them; null where nothing else was in it.</summary>
    public string? Text(string? text)
    {
        if (text is null)
            return null;
        var clean = Shapes().Replace(text, " ");
        foreach (var secret in known)
            clean = secret.Replace(clean, " ");
        return clean == text ? text : HardwareText.Clean(clean.Trim(' ', '-', '_', '@', ':', ',', ';'));
    }

    /// <summary>What a secret looks like in the texts, which have letters of ASCII alone.</summary>
    private static IEnumerable<Regex> Known(IEnumerable<string?> secrets, int shortest, Func<string, string> pattern) =>
        secrets.Select(HardwareText.Clean).OfType<string>()
            .Where(secret => secret.Length >= shortest && !Honest.Contains(secret) && FirmwareText.Name(secret) is not null)
            .Distinct().OrderByDescending(secret => secret.Length)
            .Select(secret => new Regex(pattern(secret), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    private static string Word(string name) => $"(?<!{SameKind(name[0])}){Regex.Escape(name)}(?!{SameKind(name[^1])})";

    private static string SameKind(char c) => char.IsAsciiDigit(c) ? "[0-9]" : char.IsAsciiLetter(c) ? "[A-Za-z]" : "[A-Za-z0-9]";

    /// <summary>
    /// What is a secret by its shape: UUIDs and ids of 16 bytes and more, addresses of network cards and those of IPv6 that are made of them, world-wide names
    /// of disks, Windows' ids of users, folders of users, and <c>user@host</c>.
    /// </summary>
    [GeneratedRegex("""
        (?<![0-9A-Za-z])(?:
            [0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}
          | (?:[0-9A-F]{32}){1,2}
          | [0-9A-F]{2}(?:([:-])[0-9A-F]{2})(?:\1[0-9A-F]{2}){4}
          | [0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}
          | fe80:[0-9A-F:]+
          | (?:wwn-0x|0x|naa\.|eui\.|nvme\.)[0-9A-F]{16,}
          | S-1-[0-9]+(?:-[0-9]+){2,}
          | [A-Z0-9._-]+@[A-Z0-9][A-Z0-9.-]*
        )(?![0-9A-Za-z])
        | /(?:home|Users)/[^/ ]+
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shapes();
}
