using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Limits;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Http;

/// <summary>Every way in which the API says no: RFC 9457, with the fix.</summary>
internal static class Problems
{
    /// <summary>One answer for what does not exist and for what the asker may not see: they cannot be told apart.</summary>
    public static ProblemHttpResult NoSuchResult() => TypedResults.Problem(
        title: "No such result", statusCode: StatusCodes.Status404NotFound,
        detail: "There is no result with this id, or it is private. Check the address; the owner opens a private result with the link that pcbench printed.");

    public static ProblemHttpResult NotFound(string what, string fix) => TypedResults.Problem(
        title: $"No such {what}", statusCode: StatusCodes.Status404NotFound, detail: fix);

    public static ProblemHttpResult Invalid(params IReadOnlyList<FieldError> errors) => WithErrors(
        StatusCodes.Status400BadRequest, "The request is not valid", "Each entry of errors names the field, its value and the fix.", errors);

    public static ProblemHttpResult TooLarge(int limit) => WithErrors(
        StatusCodes.Status413PayloadTooLarge, "The document is too large", $"A result has at most {limit} bytes.",
        [FieldError.Of("$", null, $"The body has more than {limit} bytes.", "Send one result at a time, as pcbench wrote it.")]);

    public static ProblemHttpResult Unsupported(string field, string? value, string fix) => WithErrors(
        StatusCodes.Status415UnsupportedMediaType, "The body is not plain JSON", fix,
        [FieldError.Of(field, value, "The server does not take this.", fix)]);

    public static ProblemHttpResult Conflict(string title, FieldError error) => WithErrors(StatusCodes.Status409Conflict, title, error.Fix, [error]);

    public static ProblemHttpResult PredictorAway() => TypedResults.Problem(
        title: "No prediction at the moment", statusCode: StatusCodes.Status503ServiceUnavailable,
        detail: "The ml-service does not answer, or this service has none (Ml:Url). Ask again after the time that Retry-After names.");

    public static ProblemHttpResult NotAdmin(bool isSet) => isSet
        ? TypedResults.Problem(
            title: "Only an administrator may do this", statusCode: StatusCodes.Status401Unauthorized, detail: "Send 'Authorization: Bearer KEY' with the administrators' key.")
        : TypedResults.Problem(
            title: "This service has no administrators' key", statusCode: StatusCodes.Status403Forbidden,
            detail: "Set Admin:KeyFile or Admin:Key and start it again, or decide with 'backend appeals' where the store can be reached.");

    public static ProblemHttpResult Gone() => TypedResults.Problem(
        title: "The result was deleted", statusCode: StatusCodes.Status410Gone,
        detail: "It was deleted by its owner and is not taken again. Measure again to submit a new result.");

    public static ProblemHttpResult Busy() => TypedResults.Problem(
        title: "Too many submissions at once", statusCode: StatusCodes.Status503ServiceUnavailable,
        detail: "Nothing was stored. Send it again after the time that Retry-After names.");

    public static ProblemHttpResult TooMany(LimitDecision refused)
    {
        var (title, rule) = refused.Limit switch
        {
            Limit.SubmissionsPerKey => ("Too many submissions of one installation", $"One installation may submit {refused.Permits} new results in a minute."),
            Limit.SubmissionsPerAddress => ("Too many submissions from one address", $"One address may send {refused.Permits} submissions in a minute."),
            _ => ("Too many requests from one address", $"One address may send {refused.Permits} requests in a minute."),
        };
        return TypedResults.Problem(
            title: title, statusCode: StatusCodes.Status429TooManyRequests,
            detail: $"{rule} Nothing was stored or changed. Send it again after the {refused.RetryAfterSeconds} seconds that Retry-After names.");
    }

    public static ProblemHttpResult NotOwner() => TypedResults.Problem(
        title: "Only the owner may do this", statusCode: StatusCodes.Status403Forbidden,
        detail: "Send 'Authorization: PcBench TOKEN' with a token of this result that has not expired; pcbench makes one on the machine that measured.");

    public static ProblemHttpResult NotImporter() => TypedResults.Problem(
        title: "An import needs an owner", statusCode: StatusCodes.Status403Forbidden,
        detail: "Send 'Authorization: PcBench TOKEN' and 'PcBench-Key: KEY', as 'pcbench import --headers' prints them; pcbench import sends them by itself. With dryRun=true nothing is stored and neither is needed.");

    /// <summary>Says in the API's own way what the framework refuses by status alone, before an endpoint is reached.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var (request, problem) = (context.HttpContext.Request, context.ProblemDetails);
        if (problem.Extensions.ContainsKey("errors"))
            return;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            context.HttpContext.Response.Headers.RetryAfter = "1";
        if (problem.Status == StatusCodes.Status415UnsupportedMediaType)
            problem.Extensions["errors"] = new[] { FieldError.Of("Content-Type", request.ContentType, "The server does not take this.", "Send application/json in UTF-8.") };
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address. Open /docs for all addresses.",
            StatusCodes.Status413PayloadTooLarge => "The body has more bytes than the service takes; nothing of it was stored. Send it in parts.",
            StatusCodes.Status405MethodNotAllowed => $"This address does not take {request.Method}. The Allow header names what it takes.",
            // Not that nothing was stored: the store may have fallen between a commit and its answer.
            StatusCodes.Status503ServiceUnavailable => "The store does not answer. Send it again after the time that Retry-After names; the same document twice is one result.",
            StatusCodes.Status500InternalServerError => "The server failed, and nothing is known to have changed. Try again; if it stays, report it with the traceId.",
            _ => null,
        };
    }

    private static ProblemHttpResult WithErrors(int status, string title, string detail, IReadOnlyList<FieldError> errors) =>
        TypedResults.Problem(title: title, statusCode: status, detail: detail,
            extensions: new Dictionary<string, object?> { ["errors"] = errors });
}
