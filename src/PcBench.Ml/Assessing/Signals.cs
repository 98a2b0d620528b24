using PcBench.Contracts.Api;
using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>What stands out in a result: numbers for the classifier, and behind them what a person is told.</summary>
/// <param name="Values">For the classifier, in a fixed order.</param>
/// <param name="Levels">For each part: what was measured over what such hardware scores, as a logarithm; NaN where not measured.</param>
/// <param name="Odd">For each part: how many times the usual spread it is off what the other benchmarks of the result suggest.</param>
/// <param name="Throttle">The same of all multi-threaded parts together, beside the single-threaded ones.</param>
/// <param name="Subtests">The oddest subtest of each group of siblings.</param>
/// <param name="Totals">Totals that do not follow from their subtests.</param>
/// <param name="Contradictions">What the hardware says against itself.</param>
/// <param name="Limits">Physical limits that are exceeded: metric, times, evidence, text.</param>
internal sealed record Signals(
    float[] Values,
    double[] Levels,
    double[] Odd,
    double Throttle,
    IReadOnlyList<(Siblings Group, string Metric, double Z, double Expected)> Subtests,
    IReadOnlyList<(string Metric, double Ratio)> Totals,
    IReadOnlyList<Contradiction> Contradictions,
    IReadOnlyList<ExceededLimit> Limits)
{
    private static readonly int Single = Parts.IndexOf("geekbench6.single");
    private static readonly int Multi = Parts.IndexOf("geekbench6.multi");

    /// <summary>Whether something was found that no honest result shows.</summary>
    public bool IsImpossible => Limits.Count > 0 || Contradictions.Any(contradiction => contradiction.IsSure) || Totals.Any(total => Math.Abs(total.Ratio) > Assessing.Totals.Tolerance);

    /// <summary>Geekbench's all-core over its single-core score beside what such machines reach, as a logarithm; NaN where one was not measured.</summary>
    public double MultiOverUsual => Levels[Multi] - Levels[Single];

    /// <param name="parts">What each part should be on such hardware; null where too little was measured to say.</param>
    /// <param name="siblings">How subtests stand to each other.</param>
    /// <param name="relations">How parts go together.</param>
    /// <param name="machine">The hardware.</param>
    /// <param name="features">Its features.</param>
    /// <param name="figures">What was measured.</param>
    public static Signals Of(
        IReadOnlyList<Regressor?> parts, SiblingModel siblings, Relations relations, Hardware machine, float[] features, IReadOnlyDictionary<string, double> figures)
    {
        var levels = new double[parts.Count];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = parts[i] is { } part && Parts.All[i].Level(figures) is { } level ? level - part.Evaluate(features) : double.NaN;
        var odd = new double[levels.Length];
        for (var i = 0; i < odd.Length; i++)
            odd[i] = relations.Odd(levels, i) / relations.Usual[i];
        var throttle = Mean(Enumerable.Range(0, levels.Length).Where(i => Parts.All[i].Multi)
            .Select(i => relations.Odd(levels, i, other => !Parts.All[other].Multi) / relations.Usual[i]));
        var subtests = Parts.Groups.Select(group => (group, Worst: siblings.Worst(group, figures, features))).Where(found => found.Worst is not null)
            .Select(found => (found.group, found.Worst!.Value.Metric, found.Worst.Value.Z, found.Worst.Value.Expected)).ToList();
        var totals = Assessing.Totals.Check(figures).ToList();
        var contradictions = IdentityCheck.Find(machine).ToList();
        var limits = PhysicalLimits.Check(machine, figures).ToList();

        List<double> values = [.. levels, .. odd, throttle];
        foreach (var suite in Parts.All.Select(part => part.Suite).Distinct())
            values.Add(Mean(Enumerable.Range(0, odd.Length).Where(i => Parts.All[i].Suite == suite).Select(i => odd[i])));
        foreach (var group in Parts.Groups)
            values.Add(subtests.FirstOrDefault(found => found.group == group) is { group: not null } found ? Math.Abs(found.Z) : double.NaN);
        values.Add(totals.Count == 0 ? double.NaN : totals.Max(total => Math.Abs(total.Ratio)) > Assessing.Totals.Tolerance ? 1 : 0);
        values.Add(contradictions.Count(contradiction => contradiction.IsSure));
        values.Add(contradictions.Count(contradiction => !contradiction.IsSure));
        values.Add(levels[Multi] - levels[Single]);
        values.Add(limits.Count == 0 ? 0 : limits.Max(limit => limit.Times));
        values.Add(Mean(levels));
        values.Add(odd.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        values.Add(odd.Where(double.IsFinite).DefaultIfEmpty(0).Min());
        values.Add(odd.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Order().Reverse().Skip(2).FirstOrDefault());
        values.Add(subtests.Select(found => Math.Abs(found.Z)).DefaultIfEmpty(0).Max());
        values.Add(PhysicalLimits.MultiOverSingle(machine, figures) ?? double.NaN);
        values.Add(PhysicalLimits.BandwidthShare(machine, figures) ?? double.NaN);
        return new Signals([.. values.Select(value => double.IsFinite(value) ? (float)Math.Clamp(value, -15, 60) : FeatureWriter.Unknown)],
            levels, odd, throttle, subtests, totals, contradictions, limits);
    }

    private static double Mean(IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        return known.Count == 0 ? double.NaN : known.Average();
    }
}
