using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>Identity by CPUID.</summary>
internal static partial class X86Identity
{
    public static CpuIdentity Read(CpuIdReader cpuid)
    {
        var id = VendorId(cpuid);
        var (family, model, stepping) = Signature(cpuid.Leaf(1).Eax);
        var brand = Brand(cpuid);
        return new CpuIdentity
        {
            Vendor = TradeName(id, family),
            Model = brand,
            Microarchitecture = NamedOf(model, stepping, brand) ?? X86Microarchitectures.Find(id, family, model, stepping),
            Family = family,
            ModelNumber = model,
            Stepping = stepping,
            BaseMhz = (cpuid.Leaf(0x16).Eax & 0xFFFF) is > 0 and var mhz ? mhz : NominalMhz(brand),
        };
    }

    /// <summary>Of Intel's chips for thin laptops three generations share their steppings, and only the brand tells them apart.</summary>
    private static string? NamedOf(int model, int stepping, string? brand) =>
        model == 0x8E && stepping >= 10 && brand is not null && CpuNames.Identify(brand).Microarchitecture is var name and not CpuNames.Ambiguous ? name : null;

    /// <summary>Whether the time stamp counter ticks at one rate in every state, which then is the nominal clock.</summary>
    public static bool HasInvariantTimeStampCounter(CpuIdReader cpuid) => (cpuid.Leaf(0x8000_0007).Edx & (1 << 8)) != 0;

    /// <summary>The nominal clock that Intel's older brand strings end with: <c>@ 3.40GHz</c>.</summary>
    public static double? NominalMhz(string? brand) =>
        brand is not null && ClockSuffix().Match(brand) is { Success: true } match
            ? Math.Round(double.Parse(match.ValueSpan[1..^3], CultureInfo.InvariantCulture) * 1000)
            : null;

    private static string VendorId(CpuIdReader cpuid)
    {
        var leaf = cpuid(0, 0);
        return Ascii(leaf.Ebx, leaf.Edx, leaf.Ecx);
    }

    private static string? Brand(CpuIdReader cpuid)
    {
        var brand = new StringBuilder();
        for (var leaf = 0x8000_0002; leaf <= 0x8000_0004; leaf++)
        {
            var (eax, ebx, ecx, edx) = cpuid.Leaf(leaf);
            brand.Append(Ascii(eax, ebx, ecx, edx));
        }

        return HardwareText.Clean(brand.ToString());
    }

    /// <summary>The extended fields count only where the base family says so (Intel SDM, CPUID leaf 1).</summary>
    private static (int Family, int Model, int Stepping) Signature(uint eax)
    {
        var family = (int)(eax >> 8) & 0xF;
        var model = (int)(eax >> 4) & 0xF;
        if (family is 6 or 15)
            model |= (int)(eax >> 12) & 0xF0;
        if (family == 15)
            family += (int)(eax >> 20) & 0xFF;
        return (family, model, (int)eax & 0xF);
    }

    private static string? TradeName(string vendorId, int family) => vendorId switch
    {
        "GenuineIntel" => "Intel",
        "AuthenticAMD" => "AMD",
        "HygonGenuine" => "Hygon",
        "  Shanghai  " => "Zhaoxin",
        "CentaurHauls" when family >= 7 => "Zhaoxin", // which took the maker over
        "CentaurHauls" or "VIA VIA VIA " => "VIA",
        _ => HardwareText.Clean(vendorId),
    };

    internal static string Ascii(params ReadOnlySpan<uint> registers)
    {
        Span<byte> bytes = stackalloc byte[4 * registers.Length];
        for (var i = 0; i < registers.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], registers[i]);
        return Encoding.ASCII.GetString(bytes);
    }

    [GeneratedRegex(@"@[0-9 ]{1,3}\.[0-9]{1,3} ?GHz", RegexOptions.IgnoreCase)]
    private static partial Regex ClockSuffix();
}
