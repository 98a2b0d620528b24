using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Ml.Features.Assess;

/// <summary>Whether a result agrees with itself; for this no peers are needed.</summary>
internal static class PhysicsCheck
{
    /// <summary>
    /// All threads together do at most threads times what one does alone, for alone it has the highest clock and all of
    /// the cache. 30 % more are left for a single-threaded run that other programs slowed.
    /// </summary>
    private const double Allowance = 1.3;

    public static IEnumerable<Suspicion> Find(ResultDocument result)
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
