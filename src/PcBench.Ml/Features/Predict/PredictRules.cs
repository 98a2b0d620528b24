using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Ml.Features.Predict;

/// <summary>What a question must be.</summary>
internal static class PredictRules
{
    private const int MaxMetrics = 64;
    private const int MaxPeers = 500;

    /// <summary>What is wrong with a request.</summary>
    /// <param name="at">Where it stands, before the names of its fields.</param>
    /// <param name="request">The request.</param>
    public static IEnumerable<FieldError> Check(string at, PredictRequest request)
    {
        foreach (var error in HardwareRules.Check(at + "hardware", request.Hardware))
            yield return error;
        if (request.Metrics is { } metrics && (metrics.Count > MaxMetrics || metrics.Any(metric => metric is null or { Length: 0 or > 100 })))
            yield return FieldError.Of(at + "metrics", metrics.Count, "It is too long, or an id is empty or too long.", $"Give at most {MaxMetrics} ids of metrics.");
        if (request.Peers is { } peers && (peers.Count > 500 || peers.Values.Any(figures => figures is null || figures.Count > MaxPeers || !figures.All(HardwareRules.IsFigure))))
            yield return FieldError.Of(at + "peers", null, "It holds too much, or what is no figure.", $"Give at most {MaxPeers} numbers over 0 for each metric.");
    }
}
