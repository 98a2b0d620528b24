namespace PcBench.Bench.Results;

/// <summary>Names in the manner of those who build on Arm: not every one of them was ever sold.</summary>
internal static class ArmModels
{
    private static readonly (string Suffix, int Cores)[] AppleKinds = [("", 8), (" Pro", 12), (" Max", 14), (" Ultra", 24)];
    private static readonly int[] AmpereCores = [32, 64, 80, 96, 128];
    private static readonly int[] AmpereClocks = [26, 28, 30, 33];
    private static readonly int[] QualcommNumbers = [42, 45, 46, 64, 78, 80, 84, 88, 96];
    private static readonly (string Name, double Speed)[] NeoverseCores = [("Neoverse-N1", 0.6), ("Neoverse-V1", 0.8), ("Neoverse-V2", 1), ("Neoverse-N2", 0.85)];
    private static readonly int[] NeoverseSizes = [2, 4, 8, 16, 32, 48, 64];

    public static IEnumerable<CpuModel> All() => [.. Apple(), .. Ampere(), .. Qualcomm(), .. Neoverse()];

    private static IEnumerable<CpuModel> Apple() =>
        from generation in Enumerable.Range(1, 5)
        from kind in AppleKinds
        select new CpuModel(
            "Apple", $"Apple M{generation}{kind.Suffix}", $"Apple M{generation}", kind.Cores, kind.Cores, 0.95 + 0.2 * generation, 3_000 + 250 * generation, Server: false);

    private static IEnumerable<CpuModel> Ampere() =>
        from cores in AmpereCores
        from clock in AmpereClocks
        select new CpuModel("Ampere", $"Ampere Altra Q{cores}-{clock}", "Neoverse N1", cores, cores, 0.02 * clock, clock * 100, Server: true);

    private static IEnumerable<CpuModel> Qualcomm() =>
        from number in QualcommNumbers
        select new CpuModel("Qualcomm", $"Snapdragon(R) X Elite - X1E{number}100", "Oryon", number > 60 ? 12 : 8, number > 60 ? 12 : 8, 1.2, 3_400, Server: false);

    private static IEnumerable<CpuModel> Neoverse() =>
        from core in NeoverseCores
        from cores in NeoverseSizes
        select new CpuModel("ARM", $"{core.Name} r{cores}p1", core.Name, cores, cores, core.Speed, 2_600, Server: true);
}
