using System.Text.RegularExpressions;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>What a model name alone says of a processor.</summary>
/// <param name="Vendor">Trade name; null where the name does not tell.</param>
/// <param name="Microarchitecture">As <see cref="X86Microarchitectures"/> and <see cref="ArmCores"/> call it; <see cref="CpuNames.Ambiguous"/> where the name does not tell.</param>
internal sealed record NamedCpu(string? Vendor, string Microarchitecture);

/// <summary>
/// Processors by name, those of servers here and the others in <see cref="ClientCpuNames"/>, after the makers' naming rules (AMD: "EPYC model number decoder"; Intel: "Intel processor names,
/// numbers and generation list"). Clouds give names that several processors share ("Intel Xeon CPU @ 2.20GHz", "AMD EPYC-Milan
/// Processor"), and then this says so, for a wrong name is worse than none.
/// </summary>
internal static partial class CpuNames
{
    /// <summary>Words of names, and whose they are.</summary>
    private static readonly (string Word, string Vendor)[] Vendors =
    [
        ("AMD ", "AMD"), ("EPYC", "AMD"), ("Ryzen", "AMD"), ("Intel", "Intel"), ("Xeon", "Intel"), ("Ampere", "Ampere"), ("Apple", "Apple"), ("Hygon", "Hygon"),
        ("Zhaoxin", "Zhaoxin"), ("VIA ", "VIA"), ("Loongson", "Loongson"), ("Kunpeng", "HiSilicon"), ("Phytium", "Phytium"), ("Snapdragon", "Qualcomm"),
    ];

    /// <summary>Several processors have that name, or none that is known here.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>Whether a name stands for no one processor.</summary>
    public static bool IsAmbiguous(string name) => Identify(name).Microarchitecture == Ambiguous;

    /// <summary>Reads a name as systems print it.</summary>
    public static NamedCpu Identify(string name)
    {
        var clean = Spaces().Replace(name.Replace("(R)", " ", StringComparison.OrdinalIgnoreCase).Replace("(TM)", " ", StringComparison.OrdinalIgnoreCase), " ").Trim();
        var microarchitecture = ArmCore().Match(clean) is { Success: true } core ? Arm(core.Value.Replace('-', ' '))
            : Epyc().Match(clean) is { Success: true } epyc ? OfEpyc(epyc.Groups[1].Value)
            : XeonScalable().Match(clean) is { Success: true } scalable ? OfScalable(scalable.Groups[1].Value, scalable.Groups[2].Value)
            : Xeon6().Match(clean) is { Success: true } six ? OfXeon6(six.Groups[1].Value, six.Groups[2].Value)
            : XeonE3().Match(clean) is { Success: true } e3 ? OfGeneration(e3.Groups[1].Value, "Sandy Bridge", "Skylake", "Kaby Lake")
            : XeonE5().Match(clean) is { Success: true } e5 ? OfGeneration(e5.Groups[1].Value, "Sandy Bridge", null, null)
            : XeonE7().Match(clean) is { Success: true } e7 ? OfGeneration(e7.Groups[1].Value, null, null, null)
            : XeonW().IsMatch(clean) || XeonMax().IsMatch(clean) ? "Sapphire Rapids"
            : XeonLetter().Match(clean) is { Success: true } letter ? OfLetter(letter.Groups[1].Value.ToUpperInvariant(), letter.Groups[2].Value)
            : clean.StartsWith("Ampere Altra", StringComparison.OrdinalIgnoreCase) ? "Neoverse N1"
            : ClientCpuNames.Microarchitecture(clean);
        return new NamedCpu(VendorOf(clean), microarchitecture ?? Ambiguous);
    }

    private static string? VendorOf(string name) =>
        Vendors.FirstOrDefault(vendor => name.Contains(vendor.Word, StringComparison.OrdinalIgnoreCase)).Vendor
        ?? (ArmCore().IsMatch(name) ? "Arm" : null);

    private static string? Arm(string core)
    {
        var known = core.StartsWith("Cortex", StringComparison.OrdinalIgnoreCase) ? core.Replace(' ', '-') : core;
        return ArmCores.IsCore(known) ? known : null;
    }

    /// <summary>The last of four places is the generation, the first the series; letters in between mark special makes.</summary>
    private static string? OfEpyc(string number) => (number[0], number[3]) switch
    {
        ('7', '1') => "Zen",
        ('7', '2') => "Zen 2",
        ('7', '3') => "Zen 3",
        ('9', '4') => number.StartsWith("973", StringComparison.Ordinal) || number.StartsWith("975", StringComparison.Ordinal) ? "Zen 4c" : "Zen 4",
        ('8', '4') => "Zen 4c",
        ('4', '4') => "Zen 4",
        ('4', '5') => "Zen 5",
        // Of the dense makes of this generation, and of the makes for clouds, the number does not tell which core they have.
        ('9', '5') when char.IsAsciiDigit(number[1]) => number is "9645" or "9745" or "9825" or "9845" or "9965" ? "Zen 5c" : "Zen 5",
        _ => null,
    };

    /// <summary>Second digit: the generation. Of the third there are two cores; the letter H tells them apart.</summary>
    private static string? OfScalable(string number, string suffix) => number[1] switch
    {
        '1' => "Skylake-SP",
        '2' => "Cascade Lake",
        '3' => suffix.Contains('H', StringComparison.OrdinalIgnoreCase) ? "Cooper Lake" : "Ice Lake-SP",
        '4' => "Sapphire Rapids",
        '5' => "Emerald Rapids",
        _ => null,
    };

    private static string? OfXeon6(string number, string suffix) => (number[1], char.ToUpperInvariant(suffix[0])) switch
    {
        ('3', 'P') => "Raptor Lake",
        ('5' or '7' or '9', 'P') => "Granite Rapids",
        ('7', 'E') => "Sierra Forest",
        _ => null,
    };

    private static string? OfGeneration(string version, string? first, string? fifth, string? sixth) => version switch
    {
        "" => first,
        "2" => "Ivy Bridge",
        "3" => "Haswell",
        "4" => "Broadwell",
        "5" => fifth,
        "6" => sixth,
        _ => null,
    };

    private static string? OfLetter(string letter, string number) => (letter, number[..2]) switch
    {
        ("E", "21" or "22") => "Coffee Lake",
        ("E", "23") => "Rocket Lake",
        ("E", "24") => "Raptor Lake",
        ("W", "21" or "31") => "Skylake-SP",
        ("W", "22" or "32") => "Cascade Lake",
        ("W", "33") => "Ice Lake-SP",
        ("W", "12") => "Comet Lake",
        ("W", "13") => "Rocket Lake",
        ("D", "15" or "16") => "Broadwell",
        ("D", "21") => "Skylake-SP",
        ("D", "17" or "18" or "27" or "28") => "Ice Lake-SP",
        _ => null,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(Neoverse|Cortex)[- ][A-Z][0-9]+[A-Z]*$")]
    private static partial Regex ArmCore();

    [GeneratedRegex(@"\bEPYC ([34789][0-9A-Z]{2}[0-9])[A-Z]{0,2}\b")]
    private static partial Regex Epyc();

    [GeneratedRegex(@"\bXeon (?:Platinum|Gold|Silver|Bronze) ([34568][0-9]{3})([A-Z+]*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonScalable();

    [GeneratedRegex(@"\bXeon (6[0-9]{3})([PE])(?:-[A-Z]+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Xeon6();

    [GeneratedRegex(@"\bXeon w[3579]-[23][45][0-9]{2}[A-Z]*\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonW();

    [GeneratedRegex(@"\bXeon (?:CPU )?Max 94[0-9]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonMax();

    [GeneratedRegex(@"\bE3-12[0-9]{2}[A-Z]? ?(?:v([2-6]))?\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonE3();

    [GeneratedRegex(@"\bE5-[0-9]{4}[A-Z]? ?(?:v([2-4])|0)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonE5();

    [GeneratedRegex(@"\bE7-[0-9]{4}[A-Z]? ?(?:v([2-4]))\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonE7();

    [GeneratedRegex(@"\bXeon (?:CPU )?(E|W|D)-([0-9]{4})[A-Z]*\b", RegexOptions.IgnoreCase)]
    private static partial Regex XeonLetter();
}
