using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Ml.Features.Assess;

/// <summary>A workload beside those of the same CPU model.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Peers">Figures it was compared with.</param>
/// <param name="Ratio">How many times better than the peers' median: 2 is twice as fast.</param>
/// <param name="Residual">Logarithm of the ratio in units of the peers' own spread.</param>
internal sealed record ComparedWorkload(Workload Workload, int Peers, double Ratio, double Residual);

/// <summary>Whether figures are like those of other machines with the same processor.</summary>
internal static class PeerCheck
{
    /// <summary>
    /// Under five, one odd peer moves the median and the spread as it likes: with five, two may be wrong and the median
    /// still lies among the right ones.
    /// </summary>
    public const int MinPeers = 5;

    /// <summary>
    /// The smallest spread that is believed, as one standard deviation. Two runs of one machine differ by 2 %, memory,
    /// cooling and firmware of good machines by a little more; few peers that agree by chance must not make it less.
    /// </summary>
    private const double SpreadFloor = 0.03;

    /// <summary>Of normal noise one workload in 16,000 is that far off; of real noise, with its long tails, a few in a hundred.</summary>
    private const double UnusualAt = 4;

    /// <summary>At the floor this is 27 % above the median: more than overclocking, cooling and memory give a processor.</summary>
    private const double FlaggedAt = 8;

    /// <summary>Makes the median absolute deviation a standard deviation where noise is normal.</summary>
    private const double MadToSigma = 1.4826;

    /// <summary>The workloads for which there are enough peers. The CPU model does not say what disk a machine has: storage is left out.</summary>
    public static IEnumerable<ComparedWorkload> Compare(AssessRequest request) =>
        from measured in request.Result?.Workloads ?? []
        let workload = WorkloadCatalog.Find(measured.Id)
        where workload is { Kind: not ScoreKind.Storage }
        let peers = request.Peers?.GetValueOrDefault(workload.Id) ?? []
        where peers.Count >= MinPeers
        select Compare(workload, SampleStatistics.FigureOf(workload, measured.Samples).Value, peers);

    /// <summary>
    /// Too good is flagged; too slow is only unusual, for a machine may be slowed by a hundred things and is then still
    /// what it is. Memory is only ever unusual: the same processor takes modules of very different speed.
    /// </summary>
    public static Suspicion? Judge(ComparedWorkload compared)
    {
        var size = Math.Abs(compared.Residual);
        if (size < UnusualAt)
            return null;
        var flagged = compared.Residual >= FlaggedAt && compared.Workload.Kind is (ScoreKind.Single or ScoreKind.Multi);
        var text = compared.Ratio >= 1
            ? $"{compared.Workload.Id} is {compared.Ratio:F2} times as good as the median of {compared.Peers} results of this CPU model"
            : $"{compared.Workload.Id} reaches {compared.Ratio:P0} of the median of {compared.Peers} results of this CPU model";
        return new Suspicion(
            flagged ? Fit.Flagged : Fit.Unusual, size / UnusualAt,
            new Finding(compared.Workload.Id, "outlier", $"{text}: {size:F0} times their usual spread.")
            {
                Statement = compared.Ratio >= 1
                    ? new("outlier.above", [$"{compared.Ratio:F2}", $"{compared.Peers}", $"{size:F0}"])
                    : new("outlier.below", [$"{100 * compared.Ratio:F0}", $"{compared.Peers}", $"{size:F0}"]),
            });
    }

    private static ComparedWorkload Compare(Workload workload, double figure, IReadOnlyList<double> peers)
    {
        var logs = peers.Select(figure => Math.Log(figure)).Order().ToArray();
        var median = SampleStatistics.Quantile(logs, 0.5);
        var deviations = logs.Select(log => Math.Abs(log - median)).Order().ToArray();
        var spread = Math.Max(SpreadFloor, MadToSigma * SampleStatistics.Quantile(deviations, 0.5));
        var difference = Math.Log(figure) - median;
        if (workload.Better == Better.Lower)
            difference = -difference;
        return new ComparedWorkload(workload, peers.Count, Math.Exp(difference), difference / spread);
    }
}
