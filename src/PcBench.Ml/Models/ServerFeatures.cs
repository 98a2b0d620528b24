using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Ml.Knowledge;

namespace PcBench.Ml.Models;

/// <summary>Features of a server or PC as its system shows it, and the physical quantities behind them.</summary>
internal sealed class ServerFeatures
{
    /// <summary>What hypervisors write for unknown, MHz.</summary>
    private const double FirmwareUnknown = 2000;

    /// <summary>How far over its nominal clock a processor goes at least.</summary>
    private const double LeastBoost = 1.1;

    /// <summary>Memory rate where nothing is known of it, MT/s.</summary>
    public const double UsualMts = 3200;

    /// <summary>What two threads do on a core together, where one does 1.</summary>
    private const double SecondThread = 1.25;

    private static readonly string[] Sets = ["AVX", "AVX2", "AVX512F", "AVX512VNNI", "AVX512BF16", "AMXTILE", "SHANI", "AES", "SVE", "SVE2"];

    private readonly CoreName? named;

    public ServerFeatures(Hardware hardware)
    {
        Hardware = hardware;
        Core = MicroarchitectureOf(hardware);
        named = Core is null ? CoreNames.Find(hardware.CpuModel) : null;
        PerClock = Core?.PerClock ?? Microarchitectures.PerClockOf(named);
        Clock = ServerClocks.Find(hardware.CpuModel) ?? ServerClocks.Find(Unnamed(hardware, Core));
        Arm = hardware.Architecture is "aarch64" or "arm64" || Core?.CpuidFamily is null && Core is not null;
        Threads = hardware.Threads ?? hardware.Cores ?? 1;
        Cores = hardware.Cores ?? Threads;
        var firmware = hardware.FirmwareMaxMhz is FirmwareUnknown ? null : hardware.FirmwareMaxMhz;
        var published = Arm && hardware.BaseMhz is { } nominal ? nominal : Clock?.MaxMhz;
        MaxMhz = published ?? hardware.MaxMhz ?? (Core?.MaxMhz is { } usual ? Math.Max(usual, (hardware.BaseMhz ?? 0) * LeastBoost)
            : firmware >= hardware.BaseMhz && firmware < 6000 ? Math.Min(firmware.Value, hardware.BaseMhz.Value * 1.6) : hardware.BaseMhz * 1.25);
        AllCoreMhz = (Arm && hardware.BaseMhz is { } arm ? arm : Clock?.AllCoreMhz) ?? (MaxMhz is { } max ? Math.Min(max * 0.9, Math.Max(hardware.BaseMhz ?? 0, max * 0.8)) : null);
        if (hardware.MaxMhz >= 1500 && MaxMhz is { } known)
            MaxMhz = Math.Max(known, hardware.MaxMhz.Value * 0.98);
        BaseMhz = hardware.BaseMhz ?? AllCoreMhz;
        PackageCores = Clock?.Cores ?? Core?.PackageCores ?? Math.Max(64, Cores);
        Packages = Math.Clamp(Math.Max(hardware.Sockets ?? 1, Math.Ceiling((Cores / PackageCores) - 0.001)), 1, 8);
        Channels = MayHaveChannels(hardware, Core) && hardware.MemoryChannels is { } channels ? channels : Core?.Channels ?? 8;
        MemoryMts = MayHaveRate(hardware, Core) && hardware.MemoryMts is { } rate ? rate : Core?.MemoryMts;
        SocketGbS = Channels * (MemoryMts ?? UsualMts) * 8 / 1000 * Packages;
    }

    public Hardware Hardware { get; }

    public Microarchitecture? Core { get; }

    /// <summary>Speed at equal clock: of the microarchitecture, else of what the processor's name says.</summary>
    public double? PerClock { get; }

    public ServerClock? Clock { get; }

    public bool Arm { get; }

    public double Cores { get; }

    public double Threads { get; }

    public double? MaxMhz { get; }

    public double? AllCoreMhz { get; }

    public double? BaseMhz { get; }

    /// <summary>Cores of a package: of the model, else of the largest with such cores.</summary>
    public double PackageCores { get; }

    public double Packages { get; }

    /// <summary>Memory channels of a package: as given, else, and where no such core can have so many, those of its largest.</summary>
    public double Channels { get; }

    /// <summary>Memory rate, MT/s: as given, else, and where no such core can have it, the highest usual one.</summary>
    public double? MemoryMts { get; }

    /// <summary>What the memory of all packages could carry: channels × rate × 8 bytes, GB/s.</summary>
    public double SocketGbS { get; }

    public static Microarchitecture? MicroarchitectureOf(Hardware hardware) =>
        Microarchitectures.Find(hardware.Microarchitecture)
        ?? (hardware is { CpuidFamily: { } family, CpuidModel: { } model } ? Microarchitectures.OfCpuid(family, model).FirstOrDefault() : null)
        ?? Microarchitectures.Find(hardware.CpuModel) // on Arm the system shows the cores' name
        ?? Microarchitectures.Find(CoreNames.Find(hardware.CpuModel)?.Microarchitecture);

    /// <summary>Whether cores can have as many channels as are given. Halves of a channel of DDR5 are often counted as one.</summary>
    public static bool MayHaveChannels(Hardware hardware, Microarchitecture? core) => core is null || !(hardware.MemoryChannels > core.Channels * 2);

    /// <summary>Whether cores can have the memory rate that is given, be it overclocked or the slowest there is.</summary>
    public static bool MayHaveRate(Hardware hardware, Microarchitecture? core) => core is null || hardware.MemoryMts is null || (hardware.MemoryMts <= core.MemoryMts * 2 && hardware.MemoryMts * 4 >= core.MemoryMts);

    /// <summary>The name in the table of clocks of a Xeon that a cloud shows by its nominal clock alone: <c>Intel(R) Xeon(R) CPU @ 2.20GHz</c>.</summary>
    private static string? Unnamed(Hardware hardware, Microarchitecture? core) =>
        core is not null && hardware is { CpuModel: { } model, BaseMhz: { } mhz } && model.Contains("Xeon(R) CPU @", StringComparison.OrdinalIgnoreCase)
            ? string.Create(CultureInfo.InvariantCulture, $"XEON {Math.Round(mhz / 100):F0} {core.Name.ToUpperInvariant()}") : null;

    public FeatureVector Features()
    {
        var write = new FeatureWriter();
        Processor(write);
        Caches(write);
        Memory(write);
        Surroundings(write);
        return write.Done();
    }

    private void Processor(FeatureWriter write)
    {
        write.Log("cores", Cores);
        write.Log("threads", Threads);
        write.Add("threads-per-core", Threads / Cores);
        write.Add("sockets", Hardware.Sockets);
        write.Log("per-clock", PerClock);
        write.Add("year", Core?.Year ?? named?.Year);
        write.Add("vector-bits", Core?.VectorBits);
        write.Add("process", Core?.ProcessNm ?? named?.ProcessNm);
        write.Add("arm", Arm ? 1 : 0);
        write.Add("amd", Hardware.Vendor?.Contains("AMD", StringComparison.OrdinalIgnoreCase) == true ? 1 : 0);
        write.Log("base-clock", BaseMhz);
        write.Log("max-clock", MaxMhz);
        write.Log("all-core-clock", AllCoreMhz);
        write.Log("reported-clock", Hardware.ReportedMhz);
        write.Log("reported-over-base", Hardware.ReportedMhz / BaseMhz);
        write.Log("firmware-clock", Hardware.FirmwareMaxMhz);
        write.Log("firmware-over-base", Hardware.FirmwareMaxMhz / BaseMhz);
        write.Log("os-max-clock", Hardware.MaxMhz);
        write.Log("speed", (PerClock ?? 1) * MaxMhz);
        write.Log("speed-all-cores", (PerClock ?? 1) * AllCoreMhz);
        write.Log("speed-machine", (PerClock ?? 1) * AllCoreMhz * Cores);
        var twoShareACore = Threads > Cores;
        write.Log("speed-threads", (PerClock ?? 1) * AllCoreMhz * Cores * (twoShareACore ? SecondThread : 1));
        write.Log("speed-thread", (PerClock ?? 1) * AllCoreMhz * (twoShareACore ? SecondThread / 2 : 1));
        write.Add("sockets-per-core", Hardware.Sockets / Cores);
        write.Add("clock-known", Clock is null ? 0 : 1);
        write.Log("package-cores", Clock?.Cores);
        write.Add("stepping", Hardware.CpuidStepping);
        var sets = Hardware.InstructionSets is { } listed ? InstructionSet.Keys(listed) : null;
        foreach (var set in Sets)
            write.Add(set, sets is null ? null : sets.Contains(set) ? 1 : 0);
    }

    private void Caches(FeatureWriter write)
    {
        write.Add("l1-per-core", Hardware.L1DataKib / Cores);
        write.Log("l2-per-core", Hardware.L2Kib / Cores);
        write.Log("l3", 1 + (Hardware.L3Kib ?? 0));
        write.Log("l3-per-core", 1 + ((Hardware.L3Kib ?? 0) / Cores));
        write.Log("l2-per-instance", Hardware.L2Kib / Hardware.L2Instances);

        // Caches that no such core has are made up by a hypervisor, and so is the rest of what it shows.
        write.Log("l1-as-built", Hardware.L1DataKib / Cores / Core?.L1Kib);
        write.Log("l2-as-built", Hardware.L2Kib / Cores / Core?.L2Kib);
        write.Add("l3-instances", Hardware.L3Instances);
        write.Log("l3-per-instance", 1 + ((Hardware.L3Kib ?? 0) / (Hardware.L3Instances ?? 1)));
        write.Log("cores-per-l3", Cores / Hardware.L3Instances);
    }

    private void Memory(FeatureWriter write)
    {
        write.Log("numa", Hardware.NumaNodes);
        write.Log("memory", Hardware.MemoryMib);
        write.Log("memory-per-thread", Hardware.MemoryMib / Threads);
        write.Add("modules", Hardware.MemoryModules);
        write.Log("memory-rate-known", Hardware.MemoryMts);
        write.Log("memory-rate", MemoryMts);
        write.Add("memory-type", Hardware.MemoryType switch { "DDR5" => 5, "DDR4" => 4, "DDR3" => 3, _ => null });
        write.Log("bandwidth", SocketGbS);
        write.Log("bandwidth-per-core", SocketGbS / Cores);
        var share = Math.Min(1, Cores / (PackageCores * Packages));
        write.Log("share", share);
        write.Log("bandwidth-share", SocketGbS * share);

        // The narrowest of three ways: what the cores can ask for, what their links carry, what the modules deliver.
        var cores = Cores * (Core?.CoreGbS ?? 15);
        var links = Core is { ClusterCores: { } cluster, ClusterGbS: { } link } ? Math.Ceiling(Cores / cluster) * link : 1e9;
        var modules = SocketGbS * 0.8;
        var narrowest = Math.Pow(Math.Pow(cores, -3) + Math.Pow(links, -3) + Math.Pow(modules, -3), -1 / 3.0);
        write.Log("readable", narrowest);
        write.Log("readable-cores", cores / narrowest);
        write.Log("readable-links", links / narrowest);
        write.Log("readable-modules", modules / narrowest);
        write.Log("readable-per-core", narrowest / Cores);
    }

    private void Surroundings(FeatureWriter write)
    {
        var hypervisor = Hardware.Hypervisor;
        write.Add("kvm", hypervisor is null ? null : hypervisor == "KVM" ? 1 : 0);
        write.Add("hyper-v", hypervisor is null ? null : hypervisor.StartsWith("Microsoft", StringComparison.Ordinal) ? 1 : 0);
        write.Add("xen", hypervisor is null ? null : hypervisor == "Xen" ? 1 : 0);
        write.Add("virtual", hypervisor is null ? null : hypervisor.Length > 0 ? 1 : 0);
        write.Add("firmware-placeholder", Hardware.FirmwareMaxMhz is null ? null : Hardware.FirmwareMaxMhz is FirmwareUnknown ? 1 : 0);
        write.Add("bare", Hardware.MaxMhz is null ? 0 : 1);
        write.Add("shared", Hardware.Shared is null ? null : Hardware.Shared.Value ? 1 : 0);
        write.Add("masked-name", Hardware.CpuModel is { } model && model.Contains("Processor", StringComparison.Ordinal)
            && (model.Contains("EPYC-", StringComparison.Ordinal) || model.Contains("Intel Core", StringComparison.Ordinal)) ? 1 : 0);
    }
}

/// <summary>Names of instruction sets in any usual spelling: <c>avx512_vnni</c> is <c>AVX512VNNI</c>.</summary>
internal static class InstructionSet
{
    public static HashSet<string> Keys(IEnumerable<string> names) =>
        [.. names.Select(name => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant())];
}
