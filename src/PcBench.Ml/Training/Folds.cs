namespace PcBench.Ml.Training;

/// <summary>Divides rows into folds so that a group is never on both sides.</summary>
internal static class Folds
{
    /// <returns>For each row, its fold; rows of one group share it. Groups are dealt by a shuffle of the seed.</returns>
    public static int[] Of(IReadOnlyList<string> groups, int folds, int seed)
    {
        var names = groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(names);
        var fold = names.Index().ToDictionary(name => name.Item, name => name.Index % folds, StringComparer.Ordinal);
        return [.. groups.Select(group => fold[group])];
    }

    public static T[] Where<T>(IReadOnlyList<T> all, int[] folds, Func<int, bool> wanted) => [.. all.Where((_, i) => wanted(folds[i]))];
}
