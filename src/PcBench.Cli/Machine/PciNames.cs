using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Names of PCI devices by their numbers, out of a <c>pci.ids</c> file where one is installed.</summary>
internal static class PciNames
{
    /// <summary>The trade name of a vendor of graphics processors; null where it is not known.</summary>
    public static string? Vendor(int vendor) => vendor switch
    {
        0x1002 => "AMD",
        0x10DE => "NVIDIA",
        0x8086 => "Intel",
        0x1A03 => "ASPEED",
        0x102B => "Matrox",
        0x1013 => "Cirrus Logic",
        0x15AD => "VMware",
        0x1234 => "QEMU",
        0x1AF4 or 0x1B36 => "Red Hat",
        0x1414 => "Microsoft",
        0x80EE => "VirtualBox",
        0x1ED5 => "Moore Threads",
        0x1D17 => "Zhaoxin",
        _ => null,
    };

    /// <summary>The device's name; the words in brackets are those it is sold under.</summary>
    /// <param name="pciIds">The file: vendors at the beginning of a line, their devices after one tab.</param>
    /// <param name="vendor">Vendor number.</param>
    /// <param name="device">Device number.</param>
    public static string? Device(string? pciIds, int vendor, int device)
    {
        if (pciIds is null)
            return null;
        var ofVendor = false;
        foreach (var line in pciIds.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty || line[0] == '#')
                continue;
            if (line[0] != '\t')
                ofVendor = StartsWith(line, vendor);
            else if (ofVendor && line.Length > 1 && line[1] != '\t' && StartsWith(line[1..], device))
                return HardwareText.Clean(SoldAs(line[5..].ToString()));
        }

        return null;
    }

    private static bool StartsWith(ReadOnlySpan<char> line, int number) =>
        line.Length > 4 && line[4] == ' '
        && int.TryParse(line[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && id == number;

    private static string SoldAs(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open >= 0 && name.EndsWith(']') && open < name.Length - 2 ? name[(open + 1)..^1] : name;
    }
}
