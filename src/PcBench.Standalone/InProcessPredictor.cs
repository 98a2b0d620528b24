using PcBench.Backend.Features.Predictions;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Ml.Features;

namespace PcBench.Standalone;

/// <summary>
/// The ml-service's prediction, called directly where both live in one process: by the active model of the data folder, and without one by
/// what measured machines with the same processor and as many threads scored.
/// </summary>
internal sealed class InProcessPredictor(LocalModel model) : IPredictor
{
    public ValueTask<Predicted> PredictAsync(PredictRequest request, CancellationToken cancel)
    {
        if (!model.IsThere && request.Metrics is null)
            request = request with { Metrics = [.. Board.All.Select(board => board.Name)] };
        var (prediction, errors) = model.Predict(request);
        return ValueTask.FromResult(new Predicted(prediction, errors));
    }
}
