using System.Globalization;
using System.Text.RegularExpressions;
using PcBench.Contracts.Api;
using PcBench.Ml.Knowledge;

namespace PcBench.Ml.Models;

/// <summary>Features of a CPU model by its data sheet.</summary>
internal static partial class ChartFeatures
{
    public static FeatureVector Of(Hardware hardware)
    {
        var write = new FeatureWriter();
        var name = CoreNames.Find(hardware.CpuModel);
        var brand = hardware.CpuModel?.ToUpperInvariant() ?? "";
        double cores = hardware.Cores ?? hardware.Threads ?? 1;
        var threads = Math.Max(cores, hardware.Threads ?? cores);
        var (clock, max) = Clocks(hardware);
        var perClock = name?.PerClock ?? 0.35;
        var small = hardware.EfficiencyCores ?? 0;
        var smallClock = hardware.EfficiencyMaxMhz ?? max * 0.75;
        var like = hardware.PerformanceCores is { } big && small > 0 ? big + (0.5 * small * (smallClock / max ?? 0.75)) : cores;
        var smt = threads > cores ? Math.Min(1, (threads - cores) / cores) : 0;
        var gain = 1 + (0.22 * smt); // of a second thread

        write.Log("max-clock", max);
        write.Log("base-clock", clock);
        write.Log("max-over-base", max / clock);
        write.Add("boosts", max > clock ? 1 : 0);
        write.Log("per-clock", perClock);
        write.Add("name-known", name is null ? 0 : 1);
        write.Log("speed", max * perClock);
        write.Log("speed-base", clock * perClock);
        write.Log("cores", cores);
        write.Log("threads", threads);
        write.Add("smt", smt);
        write.Log("cores-like-big", like);
        write.Add("hybrid", small > 0 ? 1 : 0);
        write.Log("small-cores", small > 0 ? small : null);
        write.Log("big-cores", hardware.PerformanceCores);
        write.Log("small-clock", small > 0 ? smallClock / max : null);
        write.Add("year", hardware.LaunchYear ?? name?.Year);
        write.Add("core-year", name?.Year);
        write.Add("year-after-core", hardware.LaunchYear - name?.Year);
        write.Log("process", name?.ProcessNm);
        write.Log("tdp", hardware.TdpW);
        write.Log("tdp-per-core", hardware.TdpW / like);
        write.Log("tdp-per-speed", hardware.TdpW / like / (max * max / 1e6));
        write.Log("l2-per-core", hardware.L2Kib / cores);
        write.Log("l3", hardware.L3Kib);
        write.Log("l3-per-core", hardware.L3Kib / cores);
        write.Log("l1-per-core", hardware.L1DataKib / cores);
        write.Log("l1i-per-core", hardware.L1InstructionKib / cores);
        write.Add("channels", hardware.MemoryChannels);
        write.Add("aes", name?.HasAes(brand) switch { null => null, true => 1, false => 0 });
        Kind(write, hardware, name, brand);
        write.Log("speed-machine", max * perClock * Math.Pow(like, 0.93) * gain);
        write.Log("speed-machine-base", clock * perClock * like * gain);
        write.Log("speed-machine-middle", max is null || clock is null ? null : Math.Sqrt(Math.Max(clock.Value, max.Value * 0.55) * max.Value) * perClock * like * gain);
        return write.Done();
    }

    /// <summary>Nominal and highest clock, MHz: as given, else what the name or its data sheet says.</summary>
    public static (double? Nominal, double? Highest) Clocks(Hardware hardware)
    {
        var (nominal, highest) = (hardware.BaseMhz ?? hardware.MaxMhz, hardware.MaxMhz);
        if (nominal is null && hardware.CpuModel is { } model)
        {
            var published = ServerName().IsMatch(model) ? ServerClocks.Find(model) : null;
            (nominal, highest) = (ClockInName().Match(model) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000 : published?.AllCoreMhz, published?.MaxMhz);
        }

        return (nominal, nominal is null ? null : Math.Max(highest ?? 0, nominal.Value));
    }

    private static void Kind(FeatureWriter write, Hardware hardware, CoreName? name, string brand)
    {
        var category = hardware.Category ?? "";
        write.Add("desktop", category.Contains("Desktop", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        write.Add("laptop", category.Contains("Laptop", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        write.Add("server", category.Contains("Server", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        write.Add("mobile", category.Contains("Mobile", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        write.Add("no-category", category.Length == 0 ? 1 : 0);
        write.Add("intel", hardware.Vendor?.Contains("Intel", StringComparison.OrdinalIgnoreCase) == true ? 1 : 0);
        write.Add("amd", hardware.Vendor?.Contains("AMD", StringComparison.OrdinalIgnoreCase) == true ? 1 : 0);
        write.Add("phone", name is null || PhoneCore().IsMatch(name.Microarchitecture) ? 1 : 0);
        write.Add("suffix-u", LowPower().IsMatch(brand) ? 1 : 0);
        write.Add("suffix-t", LowDesktop().IsMatch(brand) ? 1 : 0);
        write.Add("suffix-h", BigLaptop().IsMatch(brand) ? 1 : 0);
        write.Add("suffix-k", Unlocked().IsMatch(brand) ? 1 : 0);
        write.Add("embedded", Embedded().IsMatch(brand) ? 1 : 0);
        write.Add("low-end", LowEnd().IsMatch(brand) ? 1 : 0);
    }

    [GeneratedRegex("EPYC|Xeon", RegexOptions.IgnoreCase)]
    private static partial Regex ServerName();

    /// <summary>The clock that stands in a name: <c>@ 2.50GHz</c>.</summary>
    [GeneratedRegex(@"@ ?([0-9]\.[0-9]{1,2}) ?GHz", RegexOptions.IgnoreCase)]
    public static partial Regex ClockInName();

    [GeneratedRegex(@"^(A7|A53|A73|A76|A78|CortexX|Oryon|M\d|A9|A12)")]
    private static partial Regex PhoneCore();

    [GeneratedRegex(@"\d(U|UE|Y|L|G\d)\b")]
    private static partial Regex LowPower();

    [GeneratedRegex(@"\d(T|TE|E|LE|HE)\b")]
    private static partial Regex LowDesktop();

    [GeneratedRegex(@"\d(H|HK|HS|HX|HQ|MQ|M)\b")]
    private static partial Regex BigLaptop();

    [GeneratedRegex(@"\d(K|KF|X|KS|X3D|XT)\b")]
    private static partial Regex Unlocked();

    [GeneratedRegex(@"EMBEDDED|\d(E|RE|MRE|MLE)\b")]
    private static partial Regex Embedded();

    [GeneratedRegex("CELERON|PENTIUM|ATHLON|SEMPRON|ATOM")]
    private static partial Regex LowEnd();
}
