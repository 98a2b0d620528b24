namespace PcBench.Bench.Results;

/// <summary>Names in the manner of AMD's: not every one of them was ever sold.</summary>
internal static class AmdModels
{
    private static readonly (int Series, string Name, double Speed)[] Series =
    [
        (1, "Zen", 0.56), (2, "Zen+", 0.6), (3, "Zen 2", 0.76), (4, "Zen 2", 0.77), (5, "Zen 3", 0.98), (6, "Zen 3", 1),
        (7, "Zen 4", 1.24), (8, "Zen 4", 1.26), (9, "Zen 5", 1.46),
    ];
    private static readonly (int Tier, int Number, int Cores)[] Tiers =
        [(3, 200, 4), (3, 300, 4), (5, 400, 6), (5, 500, 6), (5, 600, 6), (7, 700, 8), (7, 800, 8), (9, 900, 12), (9, 950, 16)];
    private static readonly string[] Suffixes = ["", "X", "G", "GE", "X3D", "U", "H", "HS", "HX"];
    private static readonly (int First, int Last, string Name)[] EpycSeries = [(7, 1, "Zen"), (7, 2, "Zen 2"), (7, 3, "Zen 3"), (9, 4, "Zen 4"), (9, 5, "Zen 5")];
    private static readonly string[] EpycSuffixes = ["", "P"];
    private static readonly (int Series, string Name)[] ThreadripperSeries = [(1, "Zen"), (2, "Zen+"), (3, "Zen 2"), (5, "Zen 3"), (7, "Zen 4"), (9, "Zen 5")];
    private static readonly int[] ThreadripperNumbers = [920, 950, 960, 970, 980, 990];
    private static readonly int[] EpycNumbers = [25, 28, 30, 35, 40, 45, 50, 52, 54, 60, 64, 70, 74, 76];

    public static IEnumerable<CpuModel> All() => [.. Ryzen(), .. Epyc(), .. Threadripper()];

    private static IEnumerable<CpuModel> Ryzen() =>
        from series in Series
        from tier in Tiers
        from suffix in Suffixes
        let cores = suffix == "U" ? Math.Min(tier.Cores, 8) : tier.Cores
        let mhz = 3_000 + tier.Number + (suffix.StartsWith('X') ? 300 : 0) - (suffix is "U" or "GE" ? 900 : 0)
        select new CpuModel(
            "AMD",
            $"AMD Ryzen {tier.Tier} {series.Series * 1000 + tier.Number}{suffix} " + (suffix is "G" or "GE" or "U" ? "with Radeon Graphics" : $"{cores}-Core Processor"),
            series.Name, cores, cores * 2, series.Speed * (0.75 + mhz / 15_000.0), mhz, Server: false);

    private static IEnumerable<CpuModel> Epyc() =>
        from series in EpycSeries
        from number in EpycNumbers
        from suffix in EpycSuffixes
        let cores = Math.Max(number - number % 8, 8)
        select new CpuModel(
            "AMD", $"AMD EPYC {series.First}{number}{series.Last}{suffix} {cores}-Core Processor",
            series.Name, cores, cores * 2, 0.45 + 0.16 * series.Last, 2_000 + number * 10, Server: true);

    private static IEnumerable<CpuModel> Threadripper() =>
        from series in ThreadripperSeries
        from number in ThreadripperNumbers
        let cores = (number - 900) / 10 * 6
        select new CpuModel(
            "AMD", $"AMD Ryzen Threadripper {series.Series * 1000 + number}X {cores}-Core Processor",
            series.Name, cores, cores * 2, 0.5 + 0.1 * series.Series, 3_500, Server: false);
}
