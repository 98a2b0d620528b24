using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Training;

/// <summary>The rows of one metric, ready to learn from.</summary>
internal sealed class MetricRows
{
    public MetricRows(string metric, MachineKind kind, IEnumerable<Machine> machines)
    {
        Metric = metric;
        Kind = kind;
        Machines = [.. machines.Where(machine => machine.Kind == kind && machine.Figure(metric) is not null)];
        Features = [.. Machines.Select(machine => MachineFeatures.Of(kind, machine.Hardware))];
        Logs = [.. Machines.Select(machine => Math.Log(machine.Figure(metric)!.Value))];
        Families = [.. Machines.Select(machine => machine.Family)];
        Cores = [.. Machines.Select(machine => MachineFeatures.CoreOf(kind, machine.Hardware) ?? machine.Family)];
        var sizes = Families.CountBy(family => family).ToDictionary();

        // A family with a hundred rows knows more than one with one, but not a hundred times; a weak average knows less.
        var weights = Machines.Select(machine => (0.3 + Math.Min(1, machine.Samples / 15)) / Math.Sqrt(sizes[machine.Family])).ToArray();
        var mean = weights.DefaultIfEmpty(1).Average();
        Weights = [.. weights.Select(weight => weight / mean)];
    }

    public string Metric { get; }

    public MachineKind Kind { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public IReadOnlyList<float[]> Features { get; }

    public IReadOnlyList<double> Logs { get; }

    public IReadOnlyList<double> Weights { get; }

    public IReadOnlyList<string> Families { get; }

    public IReadOnlyList<string> Cores { get; }

    public int FamilyCount => Families.Distinct().Count();

    public bool IsEnough => Machines.Count >= Predicted.MinRows && FamilyCount >= Predicted.MinFamilies;
}

/// <summary>Trains one metric: held-out residuals by family and by microarchitecture, the interval made of them, the final model on all.</summary>
internal static class MetricTraining
{
    private const int FamilyFolds = 8;
    private const int CoreFolds = 6;

    /// <returns>The model, and each row as it was predicted while its family was held out.</returns>
    public static (MetricModel Model, List<Scored> HeldOut) Fit(MetricRows rows, int seed, CancellationToken cancel)
    {
        var index = MachineFeatures.IndexOf(rows.Kind);
        var byFamily = Folds.Of(rows.Families, FamilyFolds, seed);
        var residuals = HeldOut(rows, byFamily, FamilyFolds, new Growth(), seed, cancel);
        var difficulty = Difficulty(rows, residuals, null, 0, seed);

        // The scale of a held-out row comes from trees that did not see its family either.
        var scores = new double[residuals.Length];
        for (var fold = 0; fold < FamilyFolds; fold++)
        {
            var trees = Difficulty(rows, residuals, byFamily, fold, seed);
            foreach (var i in Enumerable.Range(0, scores.Length).Where(i => byFamily[i] == fold))
                scores[i] = residuals[i] / Interval.ScaleOf(trees, rows.Features[i]);
        }

        var (low, high) = Interval.Ends(scores);
        var strange = Strange(rows, difficulty, low, high, seed, cancel);
        var regressor = Regressor.Fit(rows.Metric, index, [.. rows.Features], rows.Logs, rows.Weights, new Growth(), seed);
        var model = new MetricModel(rows.Metric, rows.Kind, regressor, new Interval(difficulty, low, high, strange),
            rows.Cores.ToHashSet(StringComparer.Ordinal), rows.FamilyCount, rows.Machines.Count);
        return (model, HeldOutRows(rows, byFamily, residuals, scores, strange));
    }

    /// <summary>Each row with the interval that the other folds' scores give it: what coverage is to be expected on unseen families.</summary>
    private static List<Scored> HeldOutRows(MetricRows rows, int[] folds, double[] residuals, double[] scores, double strange)
    {
        var scored = new List<Scored>(residuals.Length);
        foreach (var fold in folds.Distinct().Order())
        {
            var (low, high) = Interval.Ends(scores.Where((_, i) => folds[i] != fold));
            var seen = Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold).Select(i => rows.Cores[i]).ToHashSet(StringComparer.Ordinal);
            foreach (var i in Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold))
            {
                var machine = rows.Machines[i];
                var middle = rows.Logs[i] - residuals[i];
                var widened = Doubt.Of(rows.Kind, machine.Hardware).Factor * (seen.Contains(rows.Cores[i]) ? 1 : strange);
                var scale = residuals[i] / scores[i] * widened;
                scored.Add(new Scored(machine, machine.Figure(rows.Metric)!.Value,
                    new Models.Range(Math.Exp(middle), Math.Exp(middle + (low * scale)), Math.Exp(middle + (high * scale)), widened, middle, scale)));
            }
        }

        return scored;
    }

    /// <summary>How much wider the interval must be where a whole microarchitecture was left out.</summary>
    private static double Strange(MetricRows rows, Forest difficulty, double low, double high, int seed, CancellationToken cancel)
    {
        var byCore = Folds.Of(rows.Cores, CoreFolds, seed);
        var residuals = HeldOut(rows, byCore, CoreFolds, Growth.Quick, seed, cancel);
        var needed = residuals.Select((residual, i) => residual / Interval.ScaleOf(difficulty, rows.Features[i]))
            .Select(score => score < 0 ? score / low : score / high).Order().ToArray();
        return Math.Clamp(needed[(int)(needed.Length * 0.9)], 1, 4);
    }

    private static double[] HeldOut(MetricRows rows, int[] folds, int count, Growth growth, int seed, CancellationToken cancel)
    {
        var index = MachineFeatures.IndexOf(rows.Kind);
        var residuals = new double[rows.Machines.Count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, fold =>
        {
            bool In(int other) => other != fold;
            if (!folds.Any(In) || folds.All(In))
                return;
            var model = Regressor.Fit(rows.Metric, index, Folds.Where(rows.Features, folds, In), Folds.Where(rows.Logs, folds, In), Folds.Where(rows.Weights, folds, In), growth, seed);
            for (var i = 0; i < residuals.Length; i++)
            {
                if (folds[i] == fold)
                    residuals[i] = rows.Logs[i] - model.Evaluate(rows.Features[i]);
            }
        });
        return residuals;
    }

    private static Forest Difficulty(MetricRows rows, double[] residuals, int[]? folds, int without, int seed)
    {
        var used = Enumerable.Range(0, residuals.Length).Where(i => folds is null || folds[i] != without).ToList();
        return Boosting.Regression([.. used.Select(i => rows.Features[i])], [.. used.Select(i => Interval.Target(residuals[i]))], [.. used.Select(i => rows.Weights[i])], Growth.Broad, seed);
    }
}
