using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Ml.Features.Assess;

/// <summary>Whether a result agrees with itself and with what cores can do at all; for this no peers are needed.</summary>
internal static class PhysicsCheck
{
    /// <summary>
    /// All threads together do at most threads times what one does alone, for alone it has the highest clock and all of
    /// the cache. 30 % more are left for a single-threaded run that other programs slowed.
    /// </summary>
    private const double Allowance = 1.3;

    /// <summary>
    /// One thread's figure ÷ the reference machine's, a Zen 4 at some 3.7 GHz. The fastest cores on sale do 1.5 to 2 times as much, some 5 times in
    /// AES, where their units are twice as wide and libraries newer; liquid nitrogen adds a third.
    /// </summary>
    private const double FastestCore = 6;

    /// <summary>The same of the whole score, in which no such unit stands alone.</summary>
    private const double FastestScore = 3.5;

    public static IEnumerable<Suspicion> Find(ResultDocument result) => Cores(result).Concat(Threads(result));

    /// <summary>An invented processor has no peers, and would stand on top for ever.</summary>
    private static IEnumerable<Suspicion> Cores(ResultDocument result)
    {
        var times = result.Workloads.Select(measured => (measured.Id, Workload: WorkloadCatalog.Find(measured.Id), Measured: measured))
            .Where(measured => measured.Workload is { Kind: ScoreKind.Single, Reference: > 0 })
            .Select(measured => (Board: measured.Id, Times: FigureOf(measured.Workload!, measured.Measured) / measured.Workload!.Reference, Most: FastestCore));
        var score = ScoreFormula.Of(result).Where(score => score.Kind == ScoreKind.Single)
            .Select(score => (Board: "single", Times: score.Value / ScoreFormula.ReferencePoints, Most: FastestScore));
        return times.Concat(score).Where(one => one.Times > one.Most).Select(one => new Suspicion(Fit.Flagged, one.Times / one.Most, new Finding(
            one.Board, "limit", $"{one.Board} is {one.Times:F1} times that of the reference machine: no core on sale reaches {one.Most:0.#} times.")
        {
            Statement = new("limit.core", [$"{one.Times:F1}", $"{one.Most:0.#}"]),
        }));
    }

    private static IEnumerable<Suspicion> Threads(ResultDocument result)
    {
        foreach (var multi in result.Workloads.Where(measured => measured.Id.EndsWith(".multi", StringComparison.Ordinal)))
        {
            var single = result.Workloads.FirstOrDefault(measured => measured.Id == multi.Id.Replace(".multi", ".single", StringComparison.Ordinal));
            if (single is null || WorkloadCatalog.Find(multi.Id) is not { Better: Better.Higher } workload)
                continue;
            var ratio = FigureOf(workload, multi) / FigureOf(workload, single);
            if (ratio > multi.Threads * Allowance)
            {
                yield return new Suspicion(Fit.Flagged, ratio / (multi.Threads * Allowance), new Finding(
                    multi.Id, "inconsistent", $"{multi.Id} is {ratio:F1} times {single.Id}, but only {multi.Threads} threads worked.")
                {
                    Statement = new("inconsistent.threads", [$"{ratio:F1}", single.Id, $"{multi.Threads}"]),
                });
            }
        }
    }

    private static double FigureOf(Workload workload, WorkloadResult measured) => SampleStatistics.FigureOf(workload, measured.Samples).Value;
}
