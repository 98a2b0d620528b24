using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Ml.Registry;
using PcBench.Ml.Telemetry;

namespace PcBench.Ml.Features.Predict;

internal static class PredictEndpoints
{
    private const int MaxMetrics = 64;
    private const int MaxPeers = 500;

    public static void MapPredict(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/predict", Predict).WithMetadata(BodyLimit.One).WithSummary("What a machine should score");
        app.MapPost("/v1/predict/batch", PredictMany).WithMetadata(BodyLimit.Batch).WithSummary("The same for up to 10,000 machines");
    }

    private static Results<Ok<Prediction>, ProblemHttpResult> Predict(PredictRequest request, ActiveModel active, MlMetrics metrics)
    {
        var errors = Check("", request).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        metrics.Predicted(1);
        return TypedResults.Ok(Predictor.Predict(request, active.Current, request.Explain ?? true));
    }

    private static Results<Ok<PredictionBatch>, ProblemHttpResult> PredictMany(PredictBatch batch, ActiveModel active, MlMetrics metrics)
    {
        if (Invalid.Size(batch.Items) is { } size)
            return Invalid.Because([size]);
        var errors = batch.Items.SelectMany((item, i) => item is null ? [Invalid.Missing($"items[{i}]")] : Check($"items[{i}].", item)).Take(Invalid.MostErrors).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        metrics.Predicted(batch.Items.Count);
        var model = active.Current; // one for the whole batch, whatever is activated meanwhile
        var answers = new Prediction[batch.Items.Count];
        Parallel.For(0, answers.Length, i => answers[i] = Predictor.Predict(batch.Items[i], model, batch.Items[i].Explain ?? false));
        return TypedResults.Ok(new PredictionBatch(answers));
    }

    private static IEnumerable<FieldError> Check(string at, PredictRequest request)
    {
        foreach (var error in HardwareRules.Check(at + "hardware", request.Hardware))
            yield return error;
        if (request.Metrics is { } metrics && (metrics.Count > MaxMetrics || metrics.Any(metric => metric is null or { Length: 0 or > 100 })))
            yield return FieldError.Of(at + "metrics", metrics.Count, "It is too long, or an id is empty or too long.", $"Give at most {MaxMetrics} ids of metrics.");
        if (request.Peers is { } peers && (peers.Count > 500 || peers.Values.Any(figures => figures is null || figures.Count > MaxPeers || !figures.All(HardwareRules.IsFigure))))
            yield return FieldError.Of(at + "peers", null, "It holds too much, or what is no figure.", $"Give at most {MaxPeers} numbers over 0 for each metric.");
    }
}
