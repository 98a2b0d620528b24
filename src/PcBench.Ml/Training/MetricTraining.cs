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

    /// <summary>For each microarchitecture among some rows, how many families of it there are.</summary>
    public Dictionary<string, int> RelativesAmong(Func<int, bool> isUsed) => Enumerable.Range(0, Machines.Count).Where(isUsed)
        .Select(i => (Core: Cores[i], Family: Families[i])).Distinct().CountBy(pair => pair.Core).ToDictionary(StringComparer.Ordinal);

    public int FamilyCount => Families.Distinct().Count();

    public bool IsEnough => Machines.Count >= Predicted.MinRows && FamilyCount >= Predicted.MinFamilies;
}

/// <summary>Trains one metric: held-out residuals by family, the interval made of them, the final model on all.</summary>
internal static class MetricTraining
{
    private const int FamilyFolds = 8;

    /// <returns>The model, and each row as it was predicted while its family was held out.</returns>
    public static (MetricModel Model, List<Scored> HeldOut) Fit(MetricRows rows, int seed, CancellationToken cancel)
    {
        var index = MachineFeatures.IndexOf(rows.Kind);
        var folds = Folds.Of(rows.Families, FamilyFolds, seed);
        var residuals = HeldOut(rows, folds, FamilyFolds, Growth.Of(rows.Metric), seed, cancel);
        var sizes = rows.Families.CountBy(family => family).ToDictionary();
        var held = new Residual[residuals.Length];
        for (var fold = 0; fold < FamilyFolds; fold++)
        {
            // The scale of a held-out row comes from trees and relatives that did not see its family either.
            var (trees, relatives, without) = (Difficulty(rows, residuals, folds, fold, seed), rows.RelativesAmong(i => folds[i] != fold), fold);
            foreach (var i in Enumerable.Range(0, held.Length).Where(i => folds[i] == without))
            {
                var distance = Interval.Distance(relatives.GetValueOrDefault(rows.Cores[i]));
                held[i] = new Residual(residuals[i], Interval.ScaleOf(trees, rows.Features[i]) * distance, distance, 1 / Math.Sqrt(sizes[rows.Families[i]]));
            }
        }

        var (low, high) = Interval.Ends(held.Select(one => (one.Score, one.Weight)));
        var regressor = Regressor.Fit(rows.Metric, index, [.. rows.Features], rows.Logs, rows.Weights, Growth.Of(rows.Metric), seed);
        var model = new MetricModel(rows.Metric, rows.Kind, regressor, new Interval(Difficulty(rows, residuals, null, 0, seed), low, high),
            rows.RelativesAmong(_ => true), rows.FamilyCount, rows.Machines.Count);
        return (model, HeldOutRows(rows, folds, held));
    }

    /// <summary>Each row with the interval that the other folds' scores give it: what coverage is to be expected on unseen families.</summary>
    private static List<Scored> HeldOutRows(MetricRows rows, int[] folds, Residual[] held)
    {
        var scored = new List<Scored>(held.Length);
        foreach (var fold in folds.Distinct().Order())
        {
            var (low, high) = Interval.Ends(held.Where((_, i) => folds[i] != fold).Select(one => (one.Score, one.Weight)));
            foreach (var i in Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold))
            {
                var (machine, middle) = (rows.Machines[i], rows.Logs[i] - held[i].Log);
                var doubt = Doubt.Of(rows.Kind, machine.Hardware).Factor;
                var scale = held[i].Scale * doubt;
                scored.Add(new Scored(machine, machine.Figure(rows.Metric)!.Value,
                    new Models.Range(Math.Exp(middle), Math.Exp(middle + (low * scale)), Math.Exp(middle + (high * scale)), held[i].Distance * doubt, middle, scale)));
            }
        }

        return scored;
    }

    /// <summary>What is left of a row whose family was held out.</summary>
    /// <param name="Log">Measured over predicted, as a logarithm.</param>
    /// <param name="Scale">What was to be expected of it.</param>
    /// <param name="Distance">The part of the scale that stands for few relatives.</param>
    /// <param name="Weight">How much it counts.</param>
    private readonly record struct Residual(double Log, double Scale, double Distance, double Weight)
    {
        public double Score => Log / Scale;
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
        return Boosting.Regression([.. used.Select(i => rows.Features[i])], [.. used.Select(i => Math.Abs(residuals[i]))], [.. used.Select(i => rows.Weights[i])], Growth.Broad, seed);
    }
}
