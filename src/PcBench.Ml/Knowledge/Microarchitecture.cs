using PcBench.Ml.Tables;

namespace PcBench.Ml.Knowledge;

/// <summary>
/// What is publicly known of a server microarchitecture: vendors' manuals and data sheets. <see cref="PerClock"/> is the usual
/// integer speed at equal clock beside Sandy Bridge, after vendors' own claims for each generation; a model corrects it.
/// </summary>
/// <param name="Name">Name as in tables of machines: <c>Zen4</c>.</param>
/// <param name="PerClock">Speed at equal clock, Sandy Bridge = 1.</param>
/// <param name="Year">When its servers came, as 2021.3.</param>
/// <param name="VectorBits">Bits of fused multiply-add in a clock: 2 × 512 is 1,024.</param>
/// <param name="Channels">Memory channels of a package.</param>
/// <param name="MemoryMts">Highest usual memory rate, MT/s.</param>
/// <param name="ProcessNm">Process by its trade name.</param>
/// <param name="CoreGbS">What one core can read from memory, GB/s.</param>
/// <param name="ClusterCores">Cores that share a link to memory; null where each has its own.</param>
/// <param name="ClusterGbS">What that link carries, GB/s.</param>
/// <param name="CpuidFamily">CPUID family; null on Arm.</param>
/// <param name="CpuidModels">CPUID models.</param>
/// <param name="L2Kib">Level 2 cache of a core, KiB; null where its chips differ.</param>
/// <param name="L1Kib">Level 1 data cache of a core, KiB; null where its cores differ.</param>
/// <param name="MaxMhz">Highest clock of one core of its usual processor: about the median of those in the table of clocks, where there are some.</param>
/// <param name="PackageCores">Cores of its largest processor for two packages.</param>
internal sealed record Microarchitecture(
    string Name, double PerClock, double Year, double VectorBits, double Channels, double MemoryMts, double ProcessNm,
    double CoreGbS, double? ClusterCores, double? ClusterGbS, int? CpuidFamily, IReadOnlyList<int> CpuidModels, double? L2Kib, double? L1Kib, double MaxMhz, double PackageCores);

/// <summary>All microarchitectures, and which one a machine has.</summary>
internal static class Microarchitectures
{
    public static IReadOnlyList<Microarchitecture> All { get; } =
        [.. Resource.Table("microarchitectures.csv").Rows.Select(row => new Microarchitecture(
            row.Text("name")!, row.Number("per_clock")!.Value, row.Number("year")!.Value, row.Number("vector_bits")!.Value, row.Number("channels")!.Value,
            row.Number("memory_mts")!.Value, row.Number("process_nm")!.Value, row.Number("core_gb_s")!.Value, row.Number("cluster_cores"), row.Number("cluster_gb_s"),
            row.Whole("cpuid_family"), [.. (row.Text("cpuid_models") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)],
            row.Number("l2_kib"), row.Number("l1d_kib"), row.Number("max_mhz")!.Value, row.Number("package_cores")!.Value))];

    private static readonly Dictionary<string, Microarchitecture> ByKey = Keys();

    private static readonly Lazy<double> PerPoint = new(() =>
    {
        double[] ratios = [.. CoreNames.All.Select(name => Find(name.Microarchitecture)?.PerClock / name.PerClock).OfType<double>().Order()];
        return ratios[ratios.Length / 2];
    });

    /// <summary>The microarchitecture of this name in any usual spelling: <c>Zen 4</c>, <c>Ice Lake-SP</c>.</summary>
    public static Microarchitecture? Find(string? name)
    {
        if (name is null)
            return null;
        var key = KeyOf(name);
        return ByKey.GetValueOrDefault(key)
            ?? (key.EndsWith("SP", StringComparison.Ordinal) || key.EndsWith("EP", StringComparison.Ordinal) || key.EndsWith("EX", StringComparison.Ordinal) ? ByKey.GetValueOrDefault(key[..^2]) : null);
    }

    /// <summary>Speed at equal clock by what a name says of the cores: those that both tables have, the middle of them, tie the one measure to the other.</summary>
    public static double? PerClockOf(CoreName? name) => name?.PerClock * PerPoint.Value;

    /// <summary>The microarchitectures with this CPUID.</summary>
    public static IEnumerable<Microarchitecture> OfCpuid(int family, int model) =>
        All.Where(candidate => candidate.CpuidFamily == family && candidate.CpuidModels.Contains(model));

    private static string KeyOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant() + (name.EndsWith('+') ? "+" : "");

    private static Dictionary<string, Microarchitecture> Keys()
    {
        var keys = All.ToDictionary(known => KeyOf(known.Name));
        foreach (var (other, name) in new[]
        {
            ("Zen", "Zen1"), ("Kaby Lake", "KabyLake/CoffeeLake"), ("Coffee Lake", "KabyLake/CoffeeLake"), ("Skylake-X", "Skylake"),
            ("Skylake (server)", "Skylake"), ("AmpereOne", "Ampere1"), ("Ampere-1", "Ampere1"), ("Graviton2", "Neoverse-N1"), ("N1", "Neoverse-N1"), ("N2", "Neoverse-N2"), ("V2", "Neoverse-V2"), ("Ice Lake-D", "IceLake"), ("Milan", "Zen3"),
            ("Rome", "Zen2"), ("Genoa", "Zen4"), ("Bergamo", "Zen4c"), ("Turin", "Zen5"), ("Naples", "Zen1"),
        })
        {
            keys[KeyOf(other)] = keys[KeyOf(name)];
        }

        return keys;
    }
}

/// <summary>Tables that are part of the program.</summary>
internal static class Resource
{
    public static Table Table(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"PcBench.Ml.Knowledge.{name}")!;
        using var reader = new StreamReader(stream);
        return Tables.Table.Parse(name, reader.ReadToEnd());
    }
}
