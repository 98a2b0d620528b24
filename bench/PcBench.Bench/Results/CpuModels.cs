namespace PcBench.Bench.Results;

/// <summary>
/// 2,000 CPU models. How often each is measured falls with its place by Zipf's law: the first few make up a good part of
/// all results, and the last have a handful among a million.
/// </summary>
internal static class CpuModels
{
    private const int Count = 2_000;

    /// <summary>The most popular first.</summary>
    public static IReadOnlyList<CpuModel> All { get; } = Chosen();

    // How many of all results are of this model or one before it.
    private static readonly double[] Shares = Cumulated();

    /// <summary>Index of the model of one more result.</summary>
    public static int Pick(Random random)
    {
        var found = Array.BinarySearch(Shares, random.NextDouble() * Shares[^1]);
        return Math.Min(found < 0 ? ~found : found, Count - 1);
    }

    private static CpuModel[] Chosen()
    {
        CpuModel[] models = [.. IntelModels.All().Concat(AmdModels.All()).Concat(ArmModels.All()).DistinctBy(model => model.Id)];
        new Random(1).Shuffle(models);
        return models.Length >= Count ? models[..Count] : throw new InvalidOperationException($"There are only {models.Length} models.");
    }

    private static double[] Cumulated()
    {
        var shares = new double[Count];
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            shares[i] = sum += 1 / Math.Pow(i + 3, 1.05);
        return shares;
    }
}
