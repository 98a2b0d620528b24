using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Ml.Features.Assess;

public static class AssessEndpoints
{
    public static void MapAssess(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/assess", Assess).WithSummary("Whether a result fits its hardware");

    private static Results<Ok<Assessment>, ProblemHttpResult> Assess(AssessRequest request, TimeProvider time)
    {
        List<FieldError> errors = [];
        if (request.Result is null)
            errors.Add(FieldError.Of("result", null, "It is missing.", "Give the result document."));
        else
            errors.AddRange(ResultRules.Check(request.Result, time.GetUtcNow()).Select(error => error with { Field = "result." + error.Field }));
        if (request.Peers is null || request.Peers.Values.Any(figures => figures is null || figures.Any(figure => !double.IsFinite(figure) || figure <= 0)))
            errors.Add(FieldError.Of("peers", null, "It is missing or holds what is no figure.", "Give numbers over 0 for each workload id."));
        return errors.Count == 0
            ? TypedResults.Ok(Assessor.Assess(request))
            : TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid",
                extensions: new Dictionary<string, object?> { ["errors"] = errors });
    }
}
