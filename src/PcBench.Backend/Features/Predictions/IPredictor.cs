using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Predictions;

/// <summary>Says what a machine should score. The host chooses who does: the prediction in this process, or the ml-service.</summary>
public interface IPredictor
{
    ValueTask<Predicted> PredictAsync(PredictRequest request, CancellationToken cancel);
}

/// <summary>What came of a question: a prediction, or what is wrong with the question.</summary>
/// <param name="Prediction">The prediction.</param>
/// <param name="Errors">What is wrong, where there is none.</param>
public sealed record Predicted(Prediction? Prediction, IReadOnlyList<FieldError> Errors);
