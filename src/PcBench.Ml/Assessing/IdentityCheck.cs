using System.Globalization;
using System.Text.RegularExpressions;
using PcBench.Contracts.Api;
using PcBench.Ml.Knowledge;
using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>Two statements of the hardware that cannot both be true.</summary>
/// <param name="Field">The field of <see cref="Hardware"/> that shows it.</param>
/// <param name="Text">In words.</param>
/// <param name="IsSure">Whether honest machines never show it; hypervisors do hide caches.</param>
internal sealed record Contradiction(string Field, string Text, bool IsSure = true);

/// <summary>Whether name, CPUID, clocks, caches and instruction sets of a processor tell the same story.</summary>
internal static partial class IdentityCheck
{
    /// <summary>Clocks are rounded and measured against other clocks: what differs by less is the same.</summary>
    private const double ClockTolerance = 0.06;

    /// <summary>Clock of one core that overclockers reach, MHz; the highest of a processor as sold is 6,200.</summary>
    private const double HighestMhz = 6_500;

    /// <summary>Cores whose usual memory rate is this or more were made for DDR5, MT/s.</summary>
    private const double LeastOfDdr5 = 4_000;

    /// <summary>CPUID family whose caches are believed: guests on AMD processors often see those of another generation.</summary>
    private const int IntelFamily = 6;

    public static IEnumerable<Contradiction> Find(Hardware hardware)
    {
        var named = Microarchitectures.Find(CoreNames.Find(hardware.CpuModel)?.Microarchitecture);
        var stated = Microarchitectures.Find(hardware.Microarchitecture);
        var masked = hardware.CpuModel is null || Masked().IsMatch(hardware.CpuModel);
        return Names(hardware, masked ? null : named, stated)
            .Concat(Clocks(hardware, masked))
            .Concat(Caches(hardware, stated))
            .Concat(Sets(hardware, stated))
            .Concat(Memory(hardware))
            .Concat(Counts(hardware));
    }

    private static IEnumerable<Contradiction> Names(Hardware hardware, Microarchitecture? named, Microarchitecture? stated)
    {
        if (named is not null && stated is not null && !Alike(named, stated))
            yield return new("cpuModel", $"'{hardware.CpuModel}' is a {named.Name} processor, but the machine reports {stated.Name}.");
        if (hardware is { CpuidFamily: { } family, CpuidModel: { } model } && stated?.CpuidFamily is { } expected && stated.CpuidModels.Count > 0
            && (family != expected || !stated.CpuidModels.Contains(model)) && Microarchitectures.OfCpuid(family, model).Any(other => !Alike(other, stated)))
        {
            yield return new("cpuidModel", $"CPUID family {family} model {model} is {Microarchitectures.OfCpuid(family, model).First().Name}, not {stated.Name}.");
        }

        if (hardware.Vendor is { } vendor && hardware.CpuModel is { } brand && VendorOf(brand) is { } maker && VendorOf(vendor) is { } said && maker != said)
            yield return new("vendor", $"'{brand}' is made by {maker}, but the vendor is {vendor}.");
    }

    private static IEnumerable<Contradiction> Clocks(Hardware hardware, bool masked)
    {
        if (hardware.BaseMhz is not { } nominal || hardware.CpuModel is not { } brand)
            yield break;
        if (ChartFeatures.ClockInName().Match(brand) is { Success: true } match)
        {
            var mhz = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000;
            if (Math.Abs((nominal / mhz) - 1) > ClockTolerance)
                yield return new("baseMhz", $"The name says {mhz / 1000:F2} GHz, the machine runs its clock at {nominal / 1000:F2} GHz.");
        }

        if (!masked && ServerClocks.Find(brand) is { } published && nominal > published.MaxMhz * (1 + ClockTolerance))
            yield return new("baseMhz", $"A nominal clock of {nominal / 1000:F2} GHz is over the {published.MaxMhz / 1000:F2} GHz that a {brand.Trim()} reaches at most.");
    }

    private static IEnumerable<Contradiction> Caches(Hardware hardware, Microarchitecture? stated)
    {
        if (hardware.Cores is not > 0 || stated is null)
            yield break;
        var cores = hardware.Cores.Value;
        if (stated.L1Kib is { } l1 && hardware.L1DataKib / cores is { } data && data is > 8 and < 256 && Math.Abs((data / l1) - 1) > 0.1 && data != l1 * 2)
            yield return new("l1DataKib", $"{data:F0} KiB of level 1 data cache for each core, but a {stated.Name} core has {l1:F0} KiB.", stated.CpuidFamily == IntelFamily);
        if (stated.L2Kib is { } l2 && hardware.L2Kib / (hardware.L2Instances ?? cores) is { } unified && Math.Abs((unified / l2) - 1) > 0.1 && unified != 4096 && unified != 16384)
            yield return new("l2Kib", $"{unified:F0} KiB of level 2 cache for each core, but a {stated.Name} core has {l2:F0} KiB.", stated.CpuidFamily == IntelFamily);
    }

    private static IEnumerable<Contradiction> Sets(Hardware hardware, Microarchitecture? stated)
    {
        if (hardware.InstructionSets is not { } listed || stated is null)
            yield break;
        var sets = InstructionSet.Keys(listed);
        if (sets.Contains("AVX512F") && stated.VectorBits < 1024 && stated.Name is not ("Zen4" or "Zen4c" or "AlderLake") && stated.CpuidFamily is not null)
            yield return new("instructionSets", $"AVX-512 is reported, which {stated.Name} does not have.");
        if (sets.Contains("AVX2") && stated.Name is "SandyBridge" or "IvyBridge" or "Nehalem" or "Westmere")
            yield return new("instructionSets", $"AVX2 is reported, which {stated.Name} does not have.");
        if (sets.Contains("AMXTILE") && stated.Name is not ("SapphireRapids" or "EmeraldRapids" or "GraniteRapids"))
            yield return new("instructionSets", $"AMX is reported, which {stated.Name} does not have.");
    }

    private static IEnumerable<Contradiction> Counts(Hardware hardware)
    {
        if (hardware is { Cores: { } cores, Threads: { } threads } && threads > cores * 8)
            yield return new("threads", $"{threads} threads on {cores} cores: no processor has over 8 for each.");
        if (hardware is { Sockets: { } sockets, Cores: { } all } && all < sockets)
            yield return new("cores", $"{all} cores in {sockets} packages.");
        if (hardware is { MaxMhz: { } max, BaseMhz: { } nominal } && max < nominal * 0.9)
            yield return new("maxMhz", $"The highest clock, {max:F0} MHz, is under the nominal {nominal:F0} MHz.", IsSure: false); // a power plan may hold it there
        foreach (var (field, mhz) in new[] { ("baseMhz", hardware.BaseMhz), ("maxMhz", hardware.MaxMhz) })
        {
            if (mhz > HighestMhz)
                yield return new(field, $"A clock of {mhz / 1000:F2} GHz is more than any processor has been sold with.", IsSure: false);
        }
    }

    /// <summary>Memory that the cores cannot have. A hypervisor may make its modules up, so honest machines may show it.</summary>
    private static IEnumerable<Contradiction> Memory(Hardware hardware)
    {
        if (ServerFeatures.MicroarchitectureOf(hardware) is not { } core)
            yield break;
        if (!ServerFeatures.MayHaveChannels(hardware, core))
            yield return new("memoryChannels", $"{hardware.MemoryChannels} memory channels, but a {core.Name} package has at most {core.Channels:F0}.", IsSure: false);
        if (!ServerFeatures.MayHaveRate(hardware, core))
            yield return new("memoryMts", $"Memory at {hardware.MemoryMts:F0} MT/s, but the usual rate of {core.Name} is up to {core.MemoryMts:F0}.", IsSure: false);

        // Zen 3 of laptops has DDR5 too; some desktops take either.
        var other = hardware.MemoryType switch
        {
            "DDR5" => core.MemoryMts < LeastOfDdr5 && core.Name != "Zen3",
            "DDR4" => core.MemoryMts >= LeastOfDdr5 && core.CpuidFamily is not null && core.Name is not ("AlderLake" or "RaptorLake"),
            _ => false,
        };
        if (other)
            yield return new("memoryType", $"{hardware.MemoryType} is reported, which {core.Name} does not take.", IsSure: false);
    }

    // Chips of one design under two names, and names that a table of names cannot tell apart.
    private static bool Alike(Microarchitecture one, Microarchitecture other) =>
        one == other || Math.Abs(one.PerClock - other.PerClock) < 0.05 || (one.CpuidFamily == other.CpuidFamily && one.CpuidModels.Intersect(other.CpuidModels).Any());

    private static string? VendorOf(string text) =>
        text.Contains("AMD", StringComparison.OrdinalIgnoreCase) || text.Contains("EPYC", StringComparison.OrdinalIgnoreCase) ? "AMD"
        : text.Contains("Intel", StringComparison.OrdinalIgnoreCase) || text.Contains("Xeon", StringComparison.OrdinalIgnoreCase) ? "Intel"
        : text.Contains("ARM", StringComparison.Ordinal) || text.Contains("Neoverse", StringComparison.OrdinalIgnoreCase) || text.Contains("Cortex", StringComparison.OrdinalIgnoreCase) ? "ARM"
        : null;

    // Hypervisors that show a generic name: "Intel Core Processor (Haswell, no TSX)", "AMD EPYC-Rome Processor".
    [GeneratedRegex(@"Processor \(|EPYC-(Rome|Milan|Genoa|Turin|v\d)|^Intel\(R\) Xeon\(R\) Platinum$|QEMU|Virtual", RegexOptions.IgnoreCase)]
    private static partial Regex Masked();
}
