using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Predictions;

/// <summary>Nobody predicts just now.</summary>
internal sealed class PredictorAwayException(string message) : Exception(message);

/// <summary>Asks the predictor, and gives it the figures of measured machines with the same processor, which it cannot know.</summary>
internal sealed class Predictions(Database database, BoardNumbers numbers, IEnumerable<IPredictor> predictors)
{
    private readonly IPredictor? predictor = predictors.FirstOrDefault();

    /// <exception cref="PredictorAwayException">Nobody predicts.</exception>
    public async Task<Predicted> OfHardwareAsync(PredictRequest request, CancellationToken cancel)
    {
        var peers = request.Hardware is { CpuModel: { } model, Threads: { } threads }
            ? (await AssessmentSql.PeersAsync(database, numbers, CpuName.Id(model), threads, cancel)).Figures
            : null;
        return await AskAsync(request with { Peers = peers }, cancel);
    }

    /// <exception cref="PredictorAwayException">Nobody predicts.</exception>
    public async Task<Predicted> OfResultAsync(StandingResult result, ResultDocument document, CancellationToken cancel)
    {
        var peers = await AssessmentSql.PeersAsync(database, numbers, result, cancel);
        var boards = Board.ValuesOf(document.Workloads).Select(value => value.Board).ToList();
        return await AskAsync(new PredictRequest(Hardware.Of(document.Machine), boards, peers.Figures, Explain: true), cancel);
    }

    private async Task<Predicted> AskAsync(PredictRequest request, CancellationToken cancel)
    {
        if (predictor is null)
            throw new PredictorAwayException("This service has no ml-service.");
        try
        {
            return await predictor.PredictAsync(request, cancel);
        }
        catch (Exception error) when (error is HttpRequestException or OutageException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new PredictorAwayException(error.Message);
        }
    }
}
