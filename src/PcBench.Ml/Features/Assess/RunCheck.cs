using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Ml.Features.Assess;

/// <summary>Whether the run itself says that it shows less than the machine can do.</summary>
internal static class RunCheck
{
    /// <summary>Twice the drift at which a result is marked as throttled: then not even its best samples are sure to be the machine's best.</summary>
    private const double DriftPercent = 10;

    /// <summary>The agreed best rides out a little steal; from here on no sample may have been left alone.</summary>
    private const double StealPercent = 5;

    public static IEnumerable<Suspicion> Find(ResultDocument result)
    {
        if (ResultMarks.DriftOf(result) is < -DriftPercent and var drift)
        {
            yield return new Suspicion(Fit.Unusual, -drift / DriftPercent, new Finding(
                null, "drift", $"Half of the processor workloads were over {-drift:F0} % slower at the end of the run than at its start.")
            {
                Statement = new("drift", [$"{-drift:F0}"]),
            });
        }

        if (result.Environment.StealPercent is > StealPercent and var steal)
        {
            yield return new Suspicion(Fit.Unusual, steal / StealPercent, new Finding(
                null, "steal", $"The hypervisor gave {steal:F0} % of the processor to others during the run.")
            {
                Statement = new("steal", [$"{steal:F0}"]),
            });
        }
    }
}
