using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Ml.Registry;
using PcBench.Ml.Telemetry;

namespace PcBench.Ml.Features.Assess;

internal static class AssessEndpoints
{
    private const int MaxScores = 500;
    private const int MaxPeers = 500;

    public static void MapAssess(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/assess", Assess).WithMetadata(BodyLimit.One).WithSummary("Whether a result fits its hardware");
        app.MapPost("/v1/assess/batch", AssessMany).WithMetadata(BodyLimit.Batch).WithSummary("The same for up to 10,000 results");
    }

    private static Results<Ok<Assessment>, ProblemHttpResult> Assess(AssessRequest request, ActiveModel active, MlMetrics metrics, TimeProvider time)
    {
        var errors = Check("", request, time).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        var assessment = Assessor.Assess(request, active.Current);
        metrics.Assessed(assessment.Fit);
        return TypedResults.Ok(assessment);
    }

    private static Results<BatchAnswer<Assessment>, ProblemHttpResult> AssessMany(AssessBatch batch, ActiveModel active, MlMetrics metrics, TimeProvider time)
    {
        if (Invalid.Size(batch.Items) is { } size)
            return Invalid.Because([size]);
        var errors = batch.Items.SelectMany((item, i) => item is null ? [Invalid.Missing($"items[{i}]")] : Check($"items[{i}].", item, time)).Take(Invalid.MostErrors).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        var model = active.Current; // one for the whole batch
        return new BatchAnswer<Assessment>(batch.Items.Count, i =>
        {
            var assessment = Assessor.Assess(batch.Items[i], model);
            metrics.Assessed(assessment.Fit);
            return assessment;
        }, ApiJson.Default.Assessment);
    }

    private static IEnumerable<FieldError> Check(string at, AssessRequest request, TimeProvider time)
    {
        if (request.Result is null && request.Hardware is null)
            yield return FieldError.Of(at + "result", null, "It is missing.", "Give the result document, or hardware and scores.");
        if (request.Result is { } result)
        {
            foreach (var error in ResultRules.Check(result, time.GetUtcNow()))
                yield return error with { Field = $"{at}result.{error.Field}" };
        }

        if (request.Hardware is { } hardware)
        {
            foreach (var error in HardwareRules.Check(at + "hardware", hardware))
                yield return error;
            if (request.Scores is null or { Count: 0 or > MaxScores })
                yield return FieldError.Of(at + "scores", request.Scores?.Count, "It is missing, empty or too long.", $"Give 1 to {MaxScores} figures by metric.");
        }

        foreach (var (metric, figure) in request.Scores ?? new Dictionary<string, double>())
        {
            if (!HardwareRules.IsFigure(figure))
                yield return FieldError.Of($"{at}scores.{metric}", figure, "It is no figure.", "Give a number over 0, or leave it out.");
        }

        if (request.Peers is { } peers && peers.Values.Any(figures => figures is null || figures.Count > MaxPeers || !figures.All(HardwareRules.IsFigure)))
            yield return FieldError.Of(at + "peers", null, "It holds what is no figure, or too many.", $"Give at most {MaxPeers} numbers over 0 for each workload id.");
    }
}
