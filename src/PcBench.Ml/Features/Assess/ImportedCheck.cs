using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;
using PcBench.Ml.Assessing;
using PcBench.Ml.Registry;

namespace PcBench.Ml.Features.Assess;

/// <summary>Whether figures of other benchmarks fit the hardware: by the model, else by limits, totals and machines of the same CPU model.</summary>
internal static class ImportedCheck
{
    private const string WithModel = "hardware/1";
    private const string WithoutModel = "limits/1";
    private const double Unusual = 0.25;

    // As PeerCheck has them for native results.
    private const double PeerSpread = 0.03;
    private const double PeersFlagAt = 8;

    public static Assessment Assess(Hardware hardware, IReadOnlyDictionary<string, double> figures, IReadOnlyDictionary<string, IReadOnlyList<double>>? peers, LoadedModel? model)
    {
        var compared = Compare(figures, peers).ToList();
        var most = peers is null || peers.Count == 0 ? 0 : peers.Values.Max(figures => figures.Count);
        if (model?.File.Suspicion is { } suspicion && SuspicionModel.Knows(figures))
        {
            var (score, findings) = suspicion.Judge(hardware, figures);
            score = Math.Round(Math.Max(score, compared.Count > 0 ? 0.6 : 0), 6);
            var fit = score >= 0.5 ? Fit.Flagged : score >= Unusual && findings.Count > 0 ? Fit.Unusual : Fit.Fits;
            return new Assessment(fit, most, [.. findings, .. compared], WithModel) { Score = score, Model = model.Version };
        }

        var found = WithoutAModel(hardware, figures).Concat(compared).ToList();
        var flagged = found.Exists(finding => finding.Code is "limit" or "inconsistent" or "outlier");
        return new Assessment(flagged ? Fit.Flagged : found.Count > 0 ? Fit.Unusual : most >= PeerCheck.MinPeers ? Fit.Fits : Fit.NotEnoughData, most, found, WithoutModel)
        {
            Score = flagged ? 0.9 : found.Count > 0 ? 0.4 : 0,
            Notes = [model is null ? "No model is active: physical limits, totals and results of the same CPU model were asked."
                : "The model knows too few of these metrics: physical limits, totals and results of the same CPU model were asked."],
        };
    }

    private static IEnumerable<Finding> WithoutAModel(Hardware hardware, IReadOnlyDictionary<string, double> figures)
    {
        foreach (var limit in PhysicalLimits.Check(hardware, figures))
            yield return new Finding(limit.Metric, "limit", limit.Text) { Evidence = limit.Evidence };
        foreach (var (metric, ratio) in Totals.Check(figures).Where(total => Math.Abs(total.Ratio) > Totals.Tolerance))
        {
            yield return new Finding(metric, "inconsistent", string.Create(CultureInfo.InvariantCulture,
                $"{ExternalMetrics.Find(metric)?.Title ?? metric} is {figures[metric]:F0}, but its subtests give {figures[metric] / Math.Exp(ratio):F0}: a subtest or the total was changed."))
            {
                Evidence = new Evidence(figures[metric], figures[metric] / Math.Exp(ratio)),
            };
        }

        foreach (var contradiction in IdentityCheck.Find(hardware))
            yield return new Finding(contradiction.Field, "identity", contradiction.Text);
    }

    private static IEnumerable<Finding> Compare(IReadOnlyDictionary<string, double> figures, IReadOnlyDictionary<string, IReadOnlyList<double>>? peers)
    {
        foreach (var (metric, others) in peers ?? new Dictionary<string, IReadOnlyList<double>>())
        {
            if (others.Count < PeerCheck.MinPeers || !figures.TryGetValue(metric, out var figure) || ExternalMetrics.Find(metric) is not { } known)
                continue;
            var logs = others.Select(other => Math.Log(other)).Order().ToArray();
            var median = SampleStatistics.Quantile(logs, 0.5);
            var spread = Math.Max(PeerSpread, 1.4826 * SampleStatistics.Quantile([.. logs.Select(log => Math.Abs(log - median)).Order()], 0.5));
            var better = (Math.Log(figure) - median) * (known.Better == Better.Higher ? 1 : -1);
            if (better / spread >= PeersFlagAt)
            {
                yield return new Finding(metric, "outlier", string.Create(CultureInfo.InvariantCulture, $"{known.Title} is {Math.Exp(better):F2} times as good as the median of {others.Count} results of this CPU model."))
                {
                    Evidence = new Evidence(figure, Math.Exp(median), Unit: known.Unit),
                };
            }
        }
    }
}
