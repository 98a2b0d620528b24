using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using PcBench.Contracts.Results;

namespace PcBench.Ml.Features;

/// <summary>Requests that are not valid.</summary>
internal static class Invalid
{
    public const int MostErrors = 50;

    private const int MaxBatch = 10_000;

    public static ProblemHttpResult Because(IReadOnlyList<FieldError> errors) => TypedResults.Problem(
        statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid", detail: errors[0].ToString(),
        extensions: new Dictionary<string, object?> { ["errors"] = errors });

    public static FieldError Missing(string field) => FieldError.Of(field, null, "It is missing.", "Give a request.");

    public static FieldError? Size<T>(IReadOnlyList<T>? items) => items is { Count: >= 1 and <= MaxBatch } ? null
        : FieldError.Of("items", items?.Count, items is null ? "It is missing." : "It has too few or too many requests.", $"Give 1 to {MaxBatch:N0} requests.");
}

/// <summary>How large a body may be.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>A result document has at most 1 MiB, peers a little more.</summary>
    public static BodyLimit One { get; } = new(4 * 1024 * 1024);

    /// <summary>10,000 machines of a kilobyte or two, or of a full table of scores.</summary>
    public static BodyLimit Batch { get; } = new(96 * 1024 * 1024);
}
