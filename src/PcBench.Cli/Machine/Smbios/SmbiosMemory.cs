using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Smbios;

/// <summary>Memory modules from the SMBIOS structures of type 17. Serial number (0x18) and asset tag (0x19) are not looked at.</summary>
internal static class SmbiosMemory
{
    private const byte MemoryDevice = 17;
    private const int MaxModules = 128;

    /// <summary>The modules; sockets without one are left out.</summary>
    public static IReadOnlyList<MemoryModule> Modules(byte[]? table) =>
        [.. SmbiosTable.Parse(table)
            .Where(structure => structure.Type == MemoryDevice)
            .Select(Module).OfType<MemoryModule>().Take(MaxModules)];

    private static MemoryModule? Module(SmbiosStructure device) => SizeMib(device) is not { } size ? null : new MemoryModule
    {
        SizeMib = size,
        Type = TypeName(device.Byte(0x12)),
        SpeedMts = Speed(device, 0x20, 0x58) ?? Speed(device, 0x15, 0x54),
        Manufacturer = FirmwareText.Name(device.String(0x17)),
        PartNumber = FirmwareText.Name(device.String(0x1A)),
    };

    /// <summary>Bit 15 means KiB instead of MiB; 0x7FFF means that the extended size holds the figure.</summary>
    private static int? SizeMib(SmbiosStructure device)
    {
        long? mib = device.Word(0x0C) switch
        {
            null or 0 or 0xFFFF => null,
            0x7FFF => device.DoubleWord(0x1C) & 0x7FFF_FFFF,
            var kib and >= 0x8000 => (kib & 0x7FFF) / 1024,
            var size => size,
        };
        return mib is >= 1 and <= 1 << 24 ? (int)mib : null;
    }

    private static int? Speed(SmbiosStructure device, int offset, int extendedOffset)
    {
        uint? speed = device.Word(offset);
        if (speed == 0xFFFF)
            speed = device.DoubleWord(extendedOffset) & 0x7FFF_FFFF;
        return speed is >= 50 and <= 50_000 ? (int)speed : null;
    }

    private static string? TypeName(byte? type) => type switch
    {
        0x0F => "SDRAM",
        0x12 => "DDR",
        0x13 or 0x14 => "DDR2",
        0x18 => "DDR3",
        0x1A => "DDR4",
        0x1B => "LPDDR",
        0x1C => "LPDDR2",
        0x1D => "LPDDR3",
        0x1E => "LPDDR4",
        0x20 => "HBM",
        0x21 => "HBM2",
        0x22 => "DDR5",
        0x23 => "LPDDR5",
        0x24 => "HBM3",
        _ => null,
    };
}
