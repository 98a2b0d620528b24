namespace PcBench.Cli.Machine.Cpu;

/// <summary>Core names by the Main ID Register: implementer and part number, after the cores' technical reference manuals.</summary>
internal static class ArmCores
{
    /// <summary>Trade name of an implementer; null where it is not known.</summary>
    public static string? Vendor(int implementer) => implementer switch
    {
        0x41 => "Arm",
        0x42 => "Broadcom",
        0x43 => "Cavium",
        0x46 => "Fujitsu",
        0x48 => "HiSilicon",
        0x4E => "NVIDIA",
        0x51 => "Qualcomm",
        0x53 => "Samsung",
        0x61 => "Apple",
        0x6D => "Microsoft",
        0x70 => "Phytium",
        0xC0 => "Ampere",
        _ => null,
    };

    /// <summary>Name of a core; null where it is not known.</summary>
    public static string? Core(int implementer, int part) => implementer switch
    {
        0x41 => Arm(part),
        0x42 => part is 0x516 ? "Vulcan" : null,
        0x43 => part switch { 0x0A1 => "ThunderX", 0x0AF => "ThunderX2", _ => null },
        0x46 => part is 0x001 ? "A64FX" : null,
        0x48 => part switch { 0xD01 => "TaiShan v110", 0xD02 => "TaiShan v120", _ => null },
        0x4E => part switch { 0x004 => "Carmel", 0x010 => "Olympus", _ => null },
        0x51 => part is 0x001 ? "Oryon" : null,
        0x61 => Apple(part),
        0x6D => part is 0xD49 ? "Neoverse N2" : null,
        0x70 => part switch { 0x662 => "FTC662", 0x663 => "FTC663", 0x664 => "FTC664", _ => null },
        0xC0 => part switch { 0xAC3 => "Ampere-1", 0xAC4 => "Ampere-1a", 0xAC5 => "Ampere-1b", _ => null },
        _ => null,
    };

    /// <summary>Whether one of Arm's own cores has this name.</summary>
    public static bool IsCore(string name) => Enumerable.Range(0xD00, 0x100).Any(part => Arm(part) == name);

    private static string? Arm(int part) => part switch
    {
        0xD02 => "Cortex-A34",
        0xD03 => "Cortex-A53",
        0xD04 => "Cortex-A35",
        0xD05 => "Cortex-A55",
        0xD06 => "Cortex-A65",
        0xD07 => "Cortex-A57",
        0xD08 => "Cortex-A72",
        0xD09 => "Cortex-A73",
        0xD0A => "Cortex-A75",
        0xD0B => "Cortex-A76",
        0xD0C => "Neoverse N1",
        0xD0D => "Cortex-A77",
        0xD0E => "Cortex-A76AE",
        0xD40 => "Neoverse V1",
        0xD41 => "Cortex-A78",
        0xD42 => "Cortex-A78AE",
        0xD43 => "Cortex-A65AE",
        0xD44 => "Cortex-X1",
        0xD46 => "Cortex-A510",
        0xD47 => "Cortex-A710",
        0xD48 => "Cortex-X2",
        0xD49 => "Neoverse N2",
        0xD4A => "Neoverse E1",
        0xD4B => "Cortex-A78C",
        0xD4C => "Cortex-X1C",
        0xD4D => "Cortex-A715",
        0xD4E => "Cortex-X3",
        0xD4F => "Neoverse V2",
        0xD80 => "Cortex-A520",
        0xD81 => "Cortex-A720",
        0xD82 => "Cortex-X4",
        0xD83 => "Neoverse V3AE",
        0xD84 => "Neoverse V3",
        0xD85 => "Cortex-X925",
        0xD87 => "Cortex-A725",
        0xD88 => "Cortex-A520AE",
        0xD89 => "Cortex-A720AE",
        0xD8A => "C1-Nano",
        0xD8B => "C1-Pro",
        0xD8C => "C1-Ultra",
        0xD8E => "Neoverse N3",
        0xD8F => "Cortex-A320",
        0xD90 => "C1-Premium",
        _ => null,
    };

    private static string? Apple(int part) => part switch
    {
        0x022 or 0x024 or 0x028 => "M1 (Icestorm)",
        0x023 or 0x025 or 0x029 => "M1 (Firestorm)",
        0x032 or 0x034 or 0x038 => "M2 (Blizzard)",
        0x033 or 0x035 or 0x039 => "M2 (Avalanche)",
        _ => null,
    };
}
