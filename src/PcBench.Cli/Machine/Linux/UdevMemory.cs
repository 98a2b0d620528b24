using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>
/// Memory modules as udev wrote them down at boot: the SMBIOS table itself is readable by root alone, this file by everyone.
/// The serial numbers in it are not looked at.
/// </summary>
internal static class UdevMemory
{
    private const int MaxModules = 128;

    /// <summary>The modules of <c>/run/udev/data/+dmi:id</c>.</summary>
    public static IReadOnlyList<MemoryModule> Modules(string? record)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (record ?? "").Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line.StartsWith("E:MEMORY_DEVICE_", StringComparison.Ordinal))
                properties[line["E:MEMORY_DEVICE_".Length..equals]] = line[(equals + 1)..];
        }

        return [.. Enumerable.Range(0, MaxModules).Select(slot => Module(properties, slot)).OfType<MemoryModule>()];
    }

    private static MemoryModule? Module(Dictionary<string, string> properties, int slot) =>
        Number(properties, $"{slot}_SIZE") >> 20 is >= 1 and <= 1 << 24 and var mib
            ? new MemoryModule
            {
                SizeMib = (int)mib,
                Type = Text(properties, $"{slot}_TYPE") is { } type && type != "RAM" ? type : null,
                SpeedMts = Speed(properties, $"{slot}_CONFIGURED_SPEED_MTS") ?? Speed(properties, $"{slot}_SPEED_MTS"),
                Manufacturer = Text(properties, $"{slot}_MANUFACTURER"),
                PartNumber = Text(properties, $"{slot}_PART_NUMBER"),
            }
            : null;

    private static string? Text(Dictionary<string, string> properties, string name) =>
        FirmwareText.Name(properties.GetValueOrDefault(name));

    private static int? Speed(Dictionary<string, string> properties, string name) =>
        Number(properties, name) is >= 50 and <= 50_000 and var speed ? (int)speed : null;

    private static long? Number(Dictionary<string, string> properties, string name) =>
        long.TryParse(properties.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
