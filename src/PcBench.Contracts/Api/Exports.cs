using PcBench.Contracts.Results;

namespace PcBench.Contracts.Api;

/// <summary>A line of <c>GET /api/v1/exports/results.jsonl</c>: a public result as it was submitted.</summary>
/// <param name="Id">Id.</param>
/// <param name="SubmittedAt">When it was submitted, UTC.</param>
/// <param name="Document">The document, raw samples included.</param>
public sealed record ExportRow(string Id, DateTimeOffset SubmittedAt, ResultDocument Document);
