using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Ml.Registry;
using PcBench.Ml.Telemetry;

namespace PcBench.Ml.Features.Predict;

internal static class PredictEndpoints
{
    public static void MapPredict(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/predict", Predict).WithMetadata(BodyLimit.One).WithSummary("What a machine should score");
        app.MapPost("/v1/predict/batch", PredictMany).WithMetadata(BodyLimit.Batch).WithSummary("The same for up to 10,000 machines");
    }

    private static Results<Ok<Prediction>, ProblemHttpResult> Predict(PredictRequest request, ActiveModel active, MlMetrics metrics)
    {
        var errors = PredictRules.Check("", request).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        metrics.Predicted(1);
        return TypedResults.Ok(Predictor.Predict(request, active.Current, request.Explain ?? true));
    }

    private static Results<BatchAnswer<Prediction>, ProblemHttpResult> PredictMany(PredictBatch batch, ActiveModel active, MlMetrics metrics)
    {
        if (Invalid.Size(batch.Items) is { } size)
            return Invalid.Because([size]);
        var errors = batch.Items.SelectMany((item, i) => item is null ? [Invalid.Missing($"items[{i}]")] : PredictRules.Check($"items[{i}].", item)).Take(Invalid.MostErrors).ToList();
        if (errors.Count > 0)
            return Invalid.Because(errors);
        metrics.Predicted(batch.Items.Count);
        var model = active.Current; // one for the whole batch, whatever is activated meanwhile
        return new BatchAnswer<Prediction>(batch.Items.Count, i => Predictor.Predict(batch.Items[i], model, batch.Items[i].Explain ?? false), ApiJson.Default.Prediction);
    }
}
