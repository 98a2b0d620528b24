namespace PcBench.Backend.Ranking;

/// <summary>Which state of the ranks: whose time of counting, and how often something was taken since it began.</summary>
internal readonly record struct RankVersion(long Term, long Fold)
{
    public override string ToString() => $"{Term}.{Fold}";

    public string ToJson() => $$"""{"version":"{{this}}"}""";
}
