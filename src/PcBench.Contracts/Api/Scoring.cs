using PcBench.Contracts.Scoring;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /api/v1/scoring</c>: all that is needed to compute every score again.</summary>
/// <param name="Version">Version of the formula.</param>
/// <param name="ReferenceMachine">The machine worth 1000 points.</param>
/// <param name="AgreeingSamples">How many of the best samples must agree.</param>
/// <param name="AgreementTolerance">How near they must be, as a share.</param>
/// <param name="Workloads">The catalog: weights, references, units.</param>
public sealed record ScoringView(
    int Version, string ReferenceMachine, int AgreeingSamples, double AgreementTolerance, IReadOnlyList<Workload> Workloads)
{
    /// <summary>This version's formula.</summary>
    public static ScoringView Current { get; } = new(
        ScoreFormula.Version, WorkloadCatalog.ReferenceMachine, SampleStatistics.AgreeingSamples, SampleStatistics.AgreementTolerance, WorkloadCatalog.Scored);
}
