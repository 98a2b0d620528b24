namespace PcBench.Cli.Machine.Cpu;

/// <summary>
/// Microarchitecture by CPUID signature, after the processor guides of AMD (revision guides) and Intel (SDM volume 4,
/// table 2-1). Intel gives names to products of one core with another process or bus; the product line is the name here,
/// because it is what decides clock, cache and memory.
/// </summary>
internal static class X86Microarchitectures
{
    /// <summary>The name; null where the signature is not known.</summary>
    /// <param name="vendorId">Vendor as CPUID leaf 0 spells it.</param>
    /// <param name="family">Family with its extension.</param>
    /// <param name="model">Model with its extension.</param>
    /// <param name="stepping">Stepping.</param>
    public static string? Find(string vendorId, int family, int model, int stepping) => (vendorId, family) switch
    {
        ("AuthenticAMD", _) => Amd(family, model),
        ("HygonGenuine", 0x18) => "Zen",
        ("GenuineIntel", 0x06) => Intel(model, stepping),
        ("GenuineIntel", 0x0F) => "NetBurst",
        ("GenuineIntel", 0x12) => model is 0x01 or 0x03 ? "Nova Lake" : null,
        ("GenuineIntel", 0x13) => model is 0x01 ? "Diamond Rapids" : null,
        _ => null,
    };

    private static string? Amd(int family, int model) => family switch
    {
        0x0F or 0x11 => "K8",
        0x10 or 0x12 => "K10",
        0x14 => "Bobcat",
        0x15 => model switch
        {
            <= 0x01 => "Bulldozer",
            0x02 or (>= 0x10 and <= 0x1F) => "Piledriver",
            >= 0x30 and <= 0x3F => "Steamroller",
            >= 0x60 and <= 0x7F => "Excavator",
            _ => null,
        },
        0x16 => model switch
        {
            <= 0x0F => "Jaguar",
            >= 0x30 and <= 0x3F => "Puma",
            _ => null,
        },
        0x17 => model switch
        {
            0x08 or 0x18 => "Zen+",
            <= 0x2F or (>= 0x50 and <= 0x5F) => "Zen",
            <= 0xAF => "Zen 2",
            _ => null,
        },
        0x19 => model switch
        {
            >= 0x40 and <= 0x4F => "Zen 3+",
            <= 0x0F or (>= 0x20 and <= 0x5F) => "Zen 3",
            >= 0xA0 and <= 0xAF => "Zen 4c",
            <= 0x9F => "Zen 4",
            _ => null,
        },
        0x1A => model switch
        {
            >= 0x10 and <= 0x1F => "Zen 5c",
            <= 0x2F or (>= 0x40 and <= 0x4F) or (>= 0x60 and <= 0x77) => "Zen 5",
            (>= 0x50 and <= 0x5F) or (>= 0x80 and <= 0xAF) or (>= 0xC0 and <= 0xCF) => "Zen 6",
            _ => null,
        },
        _ => null,
    };

    private static string? Intel(int model, int stepping) => model switch
    {
        0x0F or 0x16 => "Core 2 (Merom)",
        0x17 or 0x1D => "Core 2 (Penryn)",
        0x1A or 0x1E or 0x1F or 0x2E => "Nehalem",
        0x25 or 0x2C or 0x2F => "Westmere",
        0x2A or 0x2D => "Sandy Bridge",
        0x3A or 0x3E => "Ivy Bridge",
        0x3C or 0x3F or 0x45 or 0x46 => "Haswell",
        0x3D or 0x47 or 0x4F or 0x56 => "Broadwell",
        0x4E or 0x5E => "Skylake",
        0x55 => stepping switch
        {
            <= 4 => "Skylake-SP",
            <= 7 => "Cascade Lake",
            _ => "Cooper Lake",
        },
        0x8E => stepping switch
        {
            <= 9 => "Kaby Lake",
            // One stepping for Kaby Lake Refresh and Coffee Lake-U, which are the same core.
            10 => "Coffee Lake",
            11 => "Whiskey Lake",
            _ => "Comet Lake",
        },
        0x9E => stepping <= 9 ? "Kaby Lake" : "Coffee Lake",
        0xA5 or 0xA6 => "Comet Lake",
        0x66 => "Cannon Lake",
        0x6A or 0x6C => "Ice Lake-SP",
        0x7D or 0x7E => "Ice Lake",
        0x8C or 0x8D => "Tiger Lake",
        0xA7 => "Rocket Lake",
        0x8A => "Lakefield",
        0x97 or 0x9A => "Alder Lake",
        0xB7 or 0xBA or 0xBF => "Raptor Lake",
        0xD7 => "Bartlett Lake",
        0xAA or 0xAC => "Meteor Lake",
        0xB5 or 0xC5 or 0xC6 => "Arrow Lake",
        0xBD => "Lunar Lake",
        0xCC or 0xE5 => "Panther Lake",
        0xD5 => "Wildcat Lake",
        0x8F => "Sapphire Rapids",
        0xCF => "Emerald Rapids",
        0xAD or 0xAE => "Granite Rapids",
        0xAF => "Sierra Forest",
        0xB6 => "Grand Ridge",
        0xDD => "Clearwater Forest",
        0x57 => "Knights Landing",
        0x85 => "Knights Mill",
        0x1C or 0x26 => "Bonnell",
        0x27 or 0x35 or 0x36 => "Saltwell",
        0x37 or 0x4A or 0x4D or 0x5A or 0x5D => "Silvermont",
        0x4C or 0x75 => "Airmont",
        0x5C or 0x5F => "Goldmont",
        0x7A => "Goldmont Plus",
        0x86 or 0x96 or 0x9C => "Tremont",
        0xBE => "Gracemont",
        _ => null,
    };
}
