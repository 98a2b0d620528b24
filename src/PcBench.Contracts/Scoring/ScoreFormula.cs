using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Scoring;

/// <summary>A score and how sure it is.</summary>
/// <param name="Kind">Which score.</param>
/// <param name="Value">Points; 1000 is the reference machine.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Version">Version of the formula.</param>
public sealed record Score(ScoreKind Kind, double Value, double Low, double High, int Version);

/// <summary>
/// Score version 1. A kind's score is 1000 times the weighted geometric mean, over its workloads, of figure ÷ reference
/// (reference ÷ figure where lower is better). It depends on the result and on constants alone: no other machine
/// changes it. A kind is scored only where all of its workloads were measured. <c>docs/scoring.md</c> has the reasons.
/// </summary>
public static class ScoreFormula
{
    /// <summary>Version of the formula, of the weights and of the reference figures.</summary>
    public const int Version = 1;

    /// <summary>Points of the reference machine.</summary>
    public const double ReferencePoints = 1000;

    private const double NormalQuantile975 = 1.959964;

    /// <summary>
    /// Relative spread (one standard deviation) of a score between runs of the same machine, which the samples of one run
    /// cannot show. It is common to all workloads of a kind (the clock, where memory lies, what a host does), so it does
    /// not average out over them. Measured: docs/scoring.md, "How sure".
    /// </summary>
    public static double BetweenRuns(ScoreKind kind) => kind switch
    {
        ScoreKind.Single => 0.01,
        ScoreKind.Multi => 0.02,
        _ => 0.09,
    };

    /// <summary>All scores that a result has workloads for.</summary>
    public static IReadOnlyList<Score> Of(ResultDocument result) => Of(result.Workloads);

    /// <summary>All scores that these workloads are enough for.</summary>
    public static IReadOnlyList<Score> Of(IReadOnlyList<WorkloadResult> results)
    {
        var byId = results.ToDictionary(result => result.Id);
        return [.. WorkloadCatalog.ScoredKinds.Select(kind => Of(kind, byId)).OfType<Score>()];
    }

    /// <summary>Points of one workload: 1000 × figure ÷ reference, or reference ÷ figure where lower is better.</summary>
    public static double Points(Workload workload, double figure) =>
        ReferencePoints * (workload.Better == Better.Higher ? figure / workload.Reference : workload.Reference / figure);

    /// <summary>
    /// A workload's figure with its 95 % interval, in its unit: the spread between runs and the disagreement within this run,
    /// taken as independent.
    /// </summary>
    public static (double Figure, double Low, double High) Interval(Workload workload, IReadOnlyList<double> samples)
    {
        var (figure, within) = FigureOf(workload, samples);
        var spread = Factor(workload.Kind, within);
        return (figure, figure / spread, figure * spread);
    }

    private static Score? Of(ScoreKind kind, Dictionary<string, WorkloadResult> results)
    {
        double logSum = 0, variance = 0;
        foreach (var workload in WorkloadCatalog.Scored.Where(workload => workload.Kind == kind))
        {
            if (!results.TryGetValue(workload.Id, out var result))
                return null;
            var (figure, within) = FigureOf(workload, result.Samples);
            logSum += workload.Weight * Math.Log(Points(workload, figure));
            var weighted = workload.Weight * within;
            variance += weighted * weighted;
        }

        var value = Math.Exp(logSum);
        var factor = Factor(kind, Math.Sqrt(variance));
        return new Score(kind, value, value / factor, value * factor, Version);
    }

    /// <summary>Half the width of the 95 % interval, as a factor, of what varies within the run by <paramref name="within"/>.</summary>
    private static double Factor(ScoreKind kind, double within)
    {
        var between = BetweenRuns(kind);
        return Math.Exp(NormalQuantile975 * Math.Sqrt(between * between + within * within));
    }

    /// <summary>
    /// The figure, and one standard deviation of its logarithm by what the run itself shows: none where its best samples
    /// agree or its median stands firm.
    /// </summary>
    private static (double Figure, double Within) FigureOf(Workload workload, IReadOnlyList<double> samples)
    {
        var (figure, agreed) = SampleStatistics.FigureOf(workload, samples);
        if (agreed)
            return (figure, 0);
        var median = SampleStatistics.MedianOf(samples);
        return (figure, workload.Figure == FigureRule.AgreedBest
            ? Math.Abs(Math.Log(figure / median.Median))
            : Math.Log(median.High / median.Low) / (2 * NormalQuantile975));
    }
}
