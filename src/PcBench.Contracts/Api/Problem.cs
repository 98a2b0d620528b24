using PcBench.Contracts.Results;

namespace PcBench.Contracts.Api;

/// <summary>An error: RFC 9457 problem details (<c>application/problem+json</c>).</summary>
public sealed record ProblemView
{
    /// <summary>What kind of problem, for people.</summary>
    public string? Title { get; init; }

    /// <summary>HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What happened this time and what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>Trace id to quote in a report.</summary>
    public string? TraceId { get; init; }

    /// <summary>Each thing that is wrong with the input: field, value, problem, fix.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }
}
