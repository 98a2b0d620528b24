using System.Text.Json.Serialization;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;

namespace PcBench.Contracts.Api;

/// <summary>Who may see a result. Chosen before upload, changeable by the owner after.</summary>
[JsonConverter(typeof(CamelCase<Visibility>))]
public enum Visibility
{
    /// <summary>The owner alone; for everybody else it does not exist.</summary>
    Private,

    /// <summary>Whoever has the address; not in lists, ranks, search, statistics or exports.</summary>
    Unlisted,

    /// <summary>Everybody; in lists, ranks, search, statistics and exports.</summary>
    Public,
}

/// <summary>Answer to <c>POST /api/v1/results</c>: 201 for a new result, 200 for one that is there already.</summary>
/// <param name="Id">Id of the result, made of its content.</param>
/// <param name="Page">Path of its page: <c>/results/ID</c>.</param>
/// <param name="Visibility">Who may see it. For a result that was there already: as it is, not as was asked.</param>
/// <param name="Scores">Its scores.</param>
/// <param name="Marks">What a reader should know.</param>
public sealed record Submission(
    string Id, string Page, Visibility Visibility, IReadOnlyList<Score> Scores, IReadOnlyList<MarkEvidence> Marks);

/// <summary>Body of <c>PUT /api/v1/results/{id}/visibility</c>; the owner's token is needed.</summary>
/// <param name="Visibility">Who may see it from now on.</param>
public sealed record VisibilityChange(Visibility Visibility);

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

/// <summary>Answer to <c>GET /version</c>.</summary>
/// <param name="Version">Version of the service with its commit.</param>
/// <param name="ScoreVersion">Version of the score formula.</param>
/// <param name="Schema">The document format it takes.</param>
/// <param name="Runtime">Runtime it runs on.</param>
public sealed record VersionView(string Version, int ScoreVersion, string Schema, string Runtime);
