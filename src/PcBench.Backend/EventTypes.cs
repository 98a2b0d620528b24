namespace PcBench.Backend;

/// <summary>The events of this service. Their data holds the result's id and nothing of what was submitted.</summary>
internal static class EventTypes
{
    public const string ResultSubmitted = "result.submitted";
    public const string ResultAssessed = "result.assessed";
    public const string ResultDeleted = "result.deleted";
    public const string RankingChanged = "ranking.changed";
}
