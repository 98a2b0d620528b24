using System.Text.Json;
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

    /// <summary>Says of a body that cannot be read where that is.</summary>
    public static void Explain(ProblemDetailsContext context)
    {
        if (context.Exception is not BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad)
            return;
        var error = bad.InnerException is JsonException unread
            ? FieldError.Of(unread.Path is { Length: > 2 } path ? path[2..] : "$", null,
                $"It cannot be read (line {unread.LineNumber + 1}, byte {unread.BytePositionInLine + 1}).", "Send JSON with numbers, texts and lists where they belong.")
            : Missing("$");
        (context.ProblemDetails.Title, context.ProblemDetails.Detail) = ("The request is not valid", error.ToString());
        context.ProblemDetails.Extensions["errors"] = new List<FieldError> { error };
    }

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
