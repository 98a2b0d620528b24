using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Http;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Predictions;

internal static class PredictionEndpoints
{
    private const string Example = """{"hardware":{"cpuModel":"AMD EPYC 7763","cores":64,"threads":128}}""";

    public static void MapPredictions(this RouteGroupBuilder api)
    {
        api.MapPost("/predict", PredictAsync)
            .WithSummary("What a machine should score: median and 90 % interval for each metric")
            .WithDescription("Asks the ml-service, with the figures of public results of the same processor and as many threads.")
            .WithTags("Predictions")
            .Accepts<PredictRequest>("application/json")
            .Produces<Prediction>()
            .MayRefuse(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/results/{id}/prediction", OfResultAsync)
            .WithSummary("What the machine of a result should score")
            .WithDescription("A private one needs its owner's token; for everybody else it does not exist.")
            .KnowsOwner()
            .WithTags("Predictions")
            .Produces<Prediction>()
            .MayRefuse(StatusCodes.Status404NotFound)
            .MayRefuse(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<Prediction>, ProblemHttpResult>> PredictAsync(HttpContext context, Predictions predictions, CancellationToken cancel)
    {
        var (request, error) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.PredictRequest, Example, cancel);
        if (request is null)
            return Problems.Invalid(error!);
        if (request.Hardware is null)
            return Problems.Invalid(FieldError.Of("hardware", null, "It is missing.", $"Send {Example}."));
        return await AnswerAsync(context, () => predictions.OfHardwareAsync(request, cancel));
    }

    private static async Task<Results<Ok<Prediction>, ProblemHttpResult>> OfResultAsync(
        [FromRoute] string id, HttpContext context, ResultAccess access, DocumentStore documents, Predictions predictions, CancellationToken cancel)
    {
        if (await access.FindAsync(id, context.Request, cancel) is not { } result || await documents.FindAsync(id, cancel) is not { } document)
            return Problems.NoSuchResult();
        return await AnswerAsync(context, () => predictions.OfResultAsync(result.Row.Standing, document, cancel));
    }

    private static async Task<Results<Ok<Prediction>, ProblemHttpResult>> AnswerAsync(HttpContext context, Func<Task<Predicted>> ask)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var predicted = await ask();
            return predicted.Prediction is { } prediction ? TypedResults.Ok(prediction) : Problems.Invalid(predicted.Errors);
        }
        catch (PredictorAwayException)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.PredictorAway();
        }
    }
}
