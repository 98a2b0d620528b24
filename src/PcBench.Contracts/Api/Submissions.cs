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
