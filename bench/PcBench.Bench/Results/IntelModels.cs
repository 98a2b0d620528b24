namespace PcBench.Bench.Results;

/// <summary>Names in the manner of Intel's: not every one of them was ever sold.</summary>
internal static class IntelModels
{
    private static readonly (int Generation, string Name, double Speed)[] Generations =
    [
        (2, "Sandy Bridge", 0.42), (3, "Ivy Bridge", 0.47), (4, "Haswell", 0.55), (6, "Skylake", 0.63), (7, "Kaby Lake", 0.69),
        (8, "Coffee Lake", 0.74), (9, "Coffee Lake", 0.78), (10, "Comet Lake", 0.83), (11, "Rocket Lake", 0.98),
        (12, "Alder Lake", 1.22), (13, "Raptor Lake", 1.38), (14, "Raptor Lake", 1.43),
    ];
    private static readonly (string Tier, int Number, int Cores)[] Tiers =
        [("i3", 100, 4), ("i5", 400, 6), ("i5", 500, 6), ("i5", 600, 6), ("i7", 700, 8), ("i9", 900, 12)];
    private static readonly string[] Suffixes = ["", "K", "F", "KF", "T", "H", "U", "P"];
    private static readonly (string Name, int Series)[] XeonTiers = [("Silver", 4), ("Gold", 6), ("Platinum", 8)];
    private static readonly string[] XeonSuffixes = ["", "R"];
    private static readonly int[] XeonNumbers = [8, 10, 14, 16, 20, 26, 30, 32, 38, 40, 42, 48, 52, 54, 60, 62, 68, 70, 80];

    public static IEnumerable<CpuModel> All() => [.. Core(), .. XeonE5(), .. XeonScalable()];

    private static IEnumerable<CpuModel> Core() =>
        from generation in Generations
        from tier in Tiers
        from suffix in Suffixes
        let cores = suffix == "U" ? Math.Max(tier.Cores / 2, 2) : tier.Cores
        let mhz = 2_000 + tier.Number + (suffix.StartsWith('K') ? 700 : 0) - (suffix is "T" or "U" ? 500 : 0)
        let name = $"{tier.Tier}-{generation.Generation * 1000 + tier.Number}{suffix}"
        select new CpuModel(
            "Intel",
            generation.Generation >= 11 ? $"{generation.Generation}th Gen Intel(R) Core(TM) {name}" : $"Intel(R) Core(TM) {name} CPU @ {mhz / 1000.0:F2}GHz",
            generation.Name, cores, cores * 2, generation.Speed * (0.8 + mhz / 15_000.0), mhz, Server: false);

    private static IEnumerable<CpuModel> XeonE5() =>
        from version in Enumerable.Range(1, 4)
        from number in Enumerable.Range(2, 8)
        let cores = number * 2 + version * 2
        select new CpuModel(
            "Intel", $"Intel(R) Xeon(R) CPU E5-26{number}0{(version == 1 ? "" : $" v{version}")} @ 2.{number}0GHz",
            Generations[version - 1].Name, cores, cores * 2, 0.36 + 0.05 * version, 2_000 + 100 * number, Server: true);

    private static IEnumerable<CpuModel> XeonScalable() =>
        from generation in Enumerable.Range(1, 4)
        from tier in XeonTiers
        from number in XeonNumbers
        from suffix in XeonSuffixes
        let cores = 4 + number / 3 + tier.Series + generation * 2
        select new CpuModel(
            "Intel", $"Intel(R) Xeon(R) {tier.Name} {tier.Series}{generation}{number:00}{suffix} CPU @ 2.{number / 10}0GHz",
            generation switch { 1 => "Skylake-SP", 2 => "Cascade Lake", 3 => "Ice Lake-SP", _ => "Sapphire Rapids" },
            cores, cores * 2, 0.5 + 0.13 * generation, 2_000 + number * 10, Server: true);
}
