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

/// <summary>Figures behind a finding, in the metric's unit.</summary>
/// <param name="Measured">What was reported.</param>
/// <param name="Expected">What hardware like this scores, where that is known.</param>
/// <param name="Low">Lower end of what is usual.</param>
/// <param name="High">Upper end of what is usual.</param>
/// <param name="Limit">What the hardware cannot exceed, for a finding about a physical limit.</param>
/// <param name="Unit">Unit of the figures.</param>
public sealed record Evidence(double? Measured, double? Expected = null, double? Low = null, double? High = null, double? Limit = null, string? Unit = null);

/// <summary>One thing that was found, in words a person understands.</summary>
/// <param name="Board">The score kind, workload, metric or hardware field it is about; absent where it is about the whole.</param>
/// <param name="Code">
/// Kind of finding: <c>outlier</c> (unlike others of its model), <c>drift</c>, <c>steal</c>, <c>inconsistent</c> (parts of the result contradict each
/// other), <c>limit</c> (more than the hardware can do), <c>identity</c> (the hardware contradicts itself), <c>prediction</c> (unlike
/// what such hardware scores), <c>throttled</c>, <c>subtest</c> (one subtest out of line), <c>no-model</c> (no model was there to ask).
/// </param>
/// <param name="Text">The reason: "sort.single is 2.1 times the median of 14 results of this CPU model".</param>
public sealed record Finding(string? Board, string Code, string Text)
{
    /// <summary>The figures behind it.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>
    /// The same reason for those who say it in another language; absent in findings about imported results and in old ones. Codes:
    /// <c>outlier.above</c> (times, peers, spreads), <c>outlier.below</c> (per cent, peers, spreads), <c>inconsistent.threads</c> (times,
    /// workload, threads), <c>limit.core</c> (times the reference machine, most that is known), <c>drift</c> and <c>steal</c> (per cent).
    /// </summary>
    public Statement? Statement { get; init; }
}

/// <summary>The verdict on one result.</summary>
/// <param name="Fit">The verdict.</param>
/// <param name="Peers">Results of the same CPU model it was compared with.</param>
/// <param name="Findings">The reasons, the weightiest first; none where it fits.</param>
/// <param name="Method">Name and version of the method: <c>same-model/2</c>.</param>
public sealed record Assessment(Fit Fit, int Peers, IReadOnlyList<Finding> Findings, string Method)
{
    /// <summary>How suspect the result is: 0 fits in everything, 1 cannot be. 0.5 and more is flagged. Absent in verdicts of older methods.</summary>
    public double? Score { get; init; }

    /// <summary>Version of the model that was asked; absent where none was active or none knows these metrics.</summary>
    public string? Model { get; init; }

    /// <summary>What limits the verdict: <c>No model is active: physical limits and results of the same CPU model were asked.</c></summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>
/// Body of the ml-service's <c>POST /v1/assess</c>: either a native result and its peers' figures, or hardware and scores of
/// another benchmark (an imported result).
/// </summary>
/// <param name="Result">The document of a native result; absent for an imported one.</param>
/// <param name="Peers">For each workload or metric id, the figures of other public results of the same CPU model, at most 500. Default: none.</param>
public sealed record AssessRequest(ResultDocument? Result, IReadOnlyDictionary<string, IReadOnlyList<double>>? Peers)
{
    /// <summary>The machine of an imported result.</summary>
    public Hardware? Hardware { get; init; }

    /// <summary>Its figures by metric: <c>geekbench6.multi</c>, <c>geekbench6.single.clang</c>, <c>passmark11.cpu-mark</c>. At most 500, each over 0.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; init; }
}

/// <summary>Body of <c>POST /v1/assess/batch</c>.</summary>
/// <param name="Items">1 to 10,000 requests.</param>
public sealed record AssessBatch(IReadOnlyList<AssessRequest> Items);

/// <summary>Answer of <c>POST /v1/assess/batch</c>.</summary>
/// <param name="Items">Verdicts in the order of the requests.</param>
public sealed record AssessmentBatch(IReadOnlyList<Assessment> Items);
