using System.Text.Json.Serialization;
using PcBench.Contracts.Results;

namespace PcBench.Contracts.Api;

/// <summary>Whether a result fits its hardware.</summary>
[JsonConverter(typeof(CamelCase<Fit>))]
public enum Fit
{
    /// <summary>Too few comparable results to say.</summary>
    NotEnoughData,

    /// <summary>As others of the same hardware.</summary>
    Fits,

    /// <summary>Unlike others, but possible: shown with the reason, counted.</summary>
    Unusual,

    /// <summary>So unlike others that it leaves ranks and statistics; it stays visible, with the reason.</summary>
    Flagged,
}

/// <summary>One thing that was found, in words a person understands.</summary>
/// <param name="Board">The score kind or workload it is about; absent where it is about the whole.</param>
/// <param name="Code">Kind of finding: <c>outlier</c>, <c>drift</c>, <c>steal</c>, <c>inconsistent</c>.</param>
/// <param name="Text">The reason: "sort.single is 2.1 times the median of 14 results of this CPU model".</param>
public sealed record Finding(string? Board, string Code, string Text);

/// <summary>The verdict on one result.</summary>
/// <param name="Fit">The verdict.</param>
/// <param name="Peers">Results of the same CPU model it was compared with.</param>
/// <param name="Findings">The reasons, the weightiest first; none where it fits.</param>
/// <param name="Method">Name and version of the method: <c>same-model/1</c>.</param>
public sealed record Assessment(Fit Fit, int Peers, IReadOnlyList<Finding> Findings, string Method);

/// <summary>Body of the ml-service's <c>POST /v1/assess</c>: a result and its peers' figures.</summary>
/// <param name="Result">The document.</param>
/// <param name="Peers">For each workload id, the figures of other public results of the same CPU model, at most 500.</param>
public sealed record AssessRequest(ResultDocument Result, IReadOnlyDictionary<string, IReadOnlyList<double>> Peers);
