using System.Text.RegularExpressions;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>
/// Processors of desktops and laptops by name, after the makers' naming rules, as <see cref="X86Microarchitectures"/> calls them. Numbers that two generations share
/// give nothing.
/// </summary>
internal static partial class ClientCpuNames
{
    /// <summary>The microarchitecture; null where the name does not tell.</summary>
    /// <param name="name">Name without trade mark signs.</param>
    public static string? Microarchitecture(string name) =>
        CoreI().Match(name) is { Success: true } core ? OfCoreI(core.Groups[1].Value, core.Groups[2].Value.ToUpperInvariant())
        : Ultra().Match(name) is { Success: true } ultra ? OfUltra(ultra.Groups[1].Value[0], ultra.Groups[2].Value.ToUpperInvariant())
        : Core().Match(name) is { Success: true } plain ? (plain.Groups[1].Value, plain.Groups[2].Value.ToUpperInvariant()) is ("1", "U") or ("2", "H") ? "Raptor Lake" : null
        : IntelN().IsMatch(name) ? "Gracemont"
        : Threadripper().Match(name) is { Success: true } threadripper ? OfThreadripper(threadripper.Groups[1].Value[0])
        : RyzenAi().IsMatch(name) ? "Zen 5"
        : Ryzen().Match(name) is { Success: true } ryzen ? OfRyzen(ryzen.Groups[1].Value, ryzen.Groups[2].Value.ToUpperInvariant())
        : RyzenOf3().Match(name) is { Success: true } short3 ? short3.Groups[1].Value == "1" ? "Zen 3+" : "Zen 4"
        : AppleM().Match(name) is { Success: true } apple ? apple.Groups[1].Value == "1" ? "M1 (Firestorm)" : "M2 (Avalanche)"
        : Oryon().IsMatch(name) ? "Oryon"
        : null;

    /// <summary>Four digits or five: the generation, then the model. Those for workstations (X) have the cores of servers, mostly of the generation before.</summary>
    private static string? OfCoreI(string number, string suffix)
    {
        var generation = number[0] == '1' ? number[..2] : number[..1];
        return generation switch
        {
            "2" => "Sandy Bridge",
            "3" => number is "3820" && suffix is "" || number is "3930" or "3960" or "3970" ? "Sandy Bridge" : "Ivy Bridge",
            "4" => number is "4820" or "4930" or "4960" && suffix is "K" or "X" ? "Ivy Bridge" : "Haswell",
            "5" => number is "5820" or "5930" or "5960" ? "Haswell" : "Broadwell",
            "6" => number is "6800" or "6850" or "6900" or "6950" ? "Broadwell" : "Skylake",
            "7" => suffix is "X" or "XE" ? number is "7640" or "7740" ? "Kaby Lake" : "Skylake-SP" : "Kaby Lake",
            "8" => suffix.StartsWith('U') ? OfThin(number[2..]) : suffix is "Y" or "G" ? null : "Coffee Lake",
            "9" => suffix is "X" or "XE" ? "Skylake-SP" : "Coffee Lake",
            "10" => suffix is "X" or "XE" ? "Cascade Lake" : suffix.Contains('G', StringComparison.Ordinal) ? "Ice Lake" : suffix is "Y" ? null : "Comet Lake",
            "11" => number.Length == 4 || suffix is ['H' or 'M', ..] or [.., 'B'] ? "Tiger Lake" : "Rocket Lake",
            "12" => "Alder Lake",
            "13" or "14" => "Raptor Lake",
            _ => null,
        };
    }

    /// <summary>Of the eighth generation there are three kinds for thin laptops.</summary>
    private static string? OfThin(string end) => end switch
    {
        "30" or "50" => "Kaby Lake",
        "45" or "65" => "Whiskey Lake",
        [_, '7' or '9'] => "Coffee Lake",
        _ => null,
    };

    private static string? OfUltra(char series, string suffix) => series switch
    {
        '1' => "Meteor Lake",
        '2' => suffix is "V" ? "Lunar Lake" : "Arrow Lake",
        '3' => "Panther Lake",
        _ => null,
    };

    private static string? OfThreadripper(char generation) => generation switch
    {
        '1' => "Zen",
        '2' => "Zen+",
        '3' => "Zen 2",
        '5' => "Zen 3",
        '7' => "Zen 4",
        '9' => "Zen 5",
        _ => null,
    };

    /// <summary>The first digit is the year; from 7000 on the third tells the cores of those for laptops.</summary>
    private static string? OfRyzen(string number, string suffix)
    {
        var graphics = suffix is "G" or "GE" or "U" or "C" or "H" or "HS";
        return (number[0], number[2]) switch
        {
            ('1', _) => number is "1200" or "1600" ? null : "Zen", // sold again with the next cores
            ('2', _) => graphics ? "Zen" : "Zen+",
            ('3', _) => graphics ? number is "3200" or "3250" && suffix is "U" or "C" ? null : "Zen+" : "Zen 2",
            ('4', _) => "Zen 2",
            ('5', _) => suffix is "U" && number is "5300" or "5500" or "5700" ? "Zen 2" : "Zen 3",
            ('6', _) => "Zen 3+",
            ('7', '2') => "Zen 2",
            ('7', '3') => number[3] == '5' ? "Zen 3+" : "Zen 3",
            ('7' or '8', _) => "Zen 4",
            ('9', _) => "Zen 5",
            _ => null,
        };
    }

    [GeneratedRegex(@"\bi[3579]-([2-9][0-9]{3}|1[0-4][0-9]{2,3})([A-Z]{0,3}[0-9]?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CoreI();

    [GeneratedRegex(@"\bCore Ultra X?[3579] ([1-9])[0-9]{2}([A-Z]*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ultra();

    [GeneratedRegex(@"\bCore [3579] ([1-9])[0-9]{2}([A-Z]*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Core();

    [GeneratedRegex(@"^Intel (?:Processor )?N[0-9]{2,3}\b|\bi3-N3[0-9]{2}\b|\bCore 3 N3[0-9]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex IntelN();

    [GeneratedRegex(@"\bThreadripper (?:PRO )?([1-9])[0-9]{3}[A-Z]*\b", RegexOptions.IgnoreCase)]
    private static partial Regex Threadripper();

    [GeneratedRegex(@"\bRyzen AI (?:[3579] |MAX\+? )(?:HX )?(?:PRO )?[34][0-9]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex RyzenAi();

    [GeneratedRegex(@"\bRyzen [3579] (?:PRO )?([1-9][0-9]{3})([A-Z0-9]*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ryzen();

    [GeneratedRegex(@"\bRyzen [3579] (?:PRO )?([12])[0-9]{2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex RyzenOf3();

    [GeneratedRegex(@"^Apple M([12])(?: (?:Pro|Max|Ultra))?$", RegexOptions.IgnoreCase)]
    private static partial Regex AppleM();

    [GeneratedRegex(@"\bSnapdragon\b.*\bX1[EP]", RegexOptions.IgnoreCase)]
    private static partial Regex Oryon();
}
