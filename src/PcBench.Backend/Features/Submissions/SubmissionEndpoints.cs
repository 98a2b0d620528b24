using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Http;
using PcBench.Backend.Limits;
using PcBench.Backend.Telemetry;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Submissions;

internal static class SubmissionEndpoints
{
    public static void MapSubmissions(this RouteGroupBuilder api) =>
        api.MapPost("/results", SubmitAsync)
            .WithSummary("Submit a result")
            .WithDescription("The body is a signed pcbench.result/1 document of at most 1 MiB. Its id is made of its content: the same document twice is one result.")
            .WithTags("Results")
            .Requires("visibility")
            .Accepts<ResultDocument>("application/json")
            .Produces<Submission>(StatusCodes.Status201Created)
            .Produces<Submission>()
            .MayRefuse(StatusCodes.Status400BadRequest)
            .MayRefuse(StatusCodes.Status409Conflict)
            .MayRefuse(StatusCodes.Status410Gone)
            .MayRefuse(StatusCodes.Status413PayloadTooLarge)
            .MayRefuse(StatusCodes.Status415UnsupportedMediaType)
            .MayRefuse(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Created<Submission>, Ok<Submission>, ProblemHttpResult>> SubmitAsync(
        [Description("Who may see it: private, unlisted or public. Required: nothing is published by default.")] string? visibility,
        HttpContext context,
        SubmissionWriter writer,
        SubmissionPace pace,
        RateLimiter limits,
        Database database,
        BackendMetrics metrics,
        TimeProvider time,
        CancellationToken cancel)
    {
        var query = new QueryRules();
        var chosen = query.Name<Visibility>("visibility", visibility);
        if (visibility is null)
            query.Add("visibility", null, "It is missing.", "Add ?visibility=private, unlisted or public.");
        if (query.Errors.Count > 0)
            return Problems.Invalid(query.Errors);

        var (bytes, problem) = await DocumentBody.ReadAsync(context.Request, cancel);
        if (bytes is null)
            return problem!;
        using var underway = pace.Begin();
        var now = time.GetUtcNow();
        var (result, errors) = ResultReader.Read(bytes, now);
        if (result is null)
        {
            metrics.Submitted(SubmissionFate.Invalid);
            return Problems.Invalid(errors);
        }

        // What is there, or was deleted, can be sent again by anybody who has read it: that must not use up its owner's limit.
        if (limits.IsLimited(Limit.SubmissionsPerKey)
            && await Obstacles.IsNewAsync(database, result.Id, cancel)
            && context.Response.Refusal(await limits.SubmissionByKeyAsync(result.PublicKey, cancel)) is { } tooMany)
        {
            metrics.Submitted(SubmissionFate.Limited);
            return tooMany;
        }

        if (writer.TryStore(NewResult.Of(result, chosen!.Value, now)) is not { } storing)
        {
            metrics.Submitted(SubmissionFate.Busy);
            context.Response.Headers.RetryAfter = "1";
            return Problems.Busy();
        }

        // Not cancelled with the request: it is stored anyway, and the answer must not claim otherwise.
        var stored = await storing;
        metrics.Submitted(stored.Fate);
        return stored.Fate switch
        {
            SubmissionFate.Stored => TypedResults.Created($"/api/v1/results/{result.Id}", SubmissionOf(result, stored)),
            SubmissionFate.Known => TypedResults.Ok(SubmissionOf(result, stored)),
            SubmissionFate.Deleted => Problems.Gone(),
            _ => Problems.Conflict("The measurement is there already", FieldError.Of("workloads", null, "These very samples are there already, in another document.",
                "Measure again, or open the result that was submitted first.")),
        };
    }

    private static Submission SubmissionOf(VerifiedResult result, Stored stored) => new(
        result.Id, $"/results/{result.Id}", stored.Visibility, ScoreFormula.Of(result.Document), ResultMarks.Of(result.Document));
}
