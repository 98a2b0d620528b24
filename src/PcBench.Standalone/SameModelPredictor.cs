using PcBench.Backend.Features.Predictions;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;

namespace PcBench.Standalone;

/// <summary>
/// Predicts on one machine, where there is no trained model: what measured machines with the same processor and as many threads
/// scored, and that there is too little data where they are few. It says so in its notes.
/// </summary>
internal sealed class SameModelPredictor : IPredictor
{
    /// <summary>As in the comparison with results of the same model: fewer say nothing.</summary>
    private const int MinPeers = 5;

    public ValueTask<Predicted> PredictAsync(PredictRequest request, CancellationToken cancel)
    {
        var metrics = request.Metrics ?? [.. Contracts.Board.All.Select(board => board.Name)];
        return ValueTask.FromResult(new Predicted(
            new Prediction(
                [.. metrics.Select(metric => Of(metric, request.Peers?.GetValueOrDefault(metric) ?? []))],
                null,
                [new PredictionNote("no-model", null, "No model is active: only results of the same processor with as many threads were asked. Give both, where they are missing.")],
                null),
            []));
    }

    private static MetricPrediction Of(string metric, IReadOnlyList<double> peers)
    {
        var unit = Contracts.Board.Find(metric)?.Unit ?? "points";
        if (peers.Count < MinPeers)
            return new MetricPrediction(metric, metric, unit, Basis.NotEnoughData, null, null, null, Note: $"{peers.Count} results of this processor are too few; {MinPeers} are needed.");
        double[] sorted = [.. peers.Order()];
        return new MetricPrediction(
            metric, metric, unit, Basis.SameModel, SampleStatistics.Quantile(sorted, 0.5), SampleStatistics.Quantile(sorted, 0.05), SampleStatistics.Quantile(sorted, 0.95),
            Note: $"From {sorted.Length} results of this processor.");
    }
}
