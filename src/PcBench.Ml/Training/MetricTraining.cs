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

    /// <summary>
    /// Share of rows of held-out families that intervals are to cover: a little more than the 90 % they are named after, for the next families are others.
    /// </summary>
    private const double Covered = 0.915;

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
                var distance = Interval.Distance(relatives.GetValueOrDefault(rows.Cores[i]), MachineFeatures.IsShared(rows.Kind, rows.Features[i]));
                var doubt = Doubt.Of(rows.Kind, rows.Machines[i].Hardware).Factor;
                held[i] = new Residual(residuals[i], Interval.ScaleOf(trees, rows.Features[i]) * distance, distance, doubt, 1 / Math.Sqrt(sizes[rows.Families[i]]));
            }
        }

        var coverage = CoverageOfFamilies(folds, held);
        var (low, high) = Interval.Ends(held.Select(one => (one.Score, one.Weight)), coverage);
        var regressor = Regressor.Fit(rows.Metric, index, [.. rows.Features], rows.Logs, rows.Weights, Growth.Of(rows.Metric), seed);
        var model = new MetricModel(rows.Metric, rows.Kind, regressor, new Interval(Difficulty(rows, residuals, null, 0, seed), low, high),
            rows.RelativesAmong(_ => true), rows.FamilyCount, rows.Machines.Count);
        return (model, HeldOutRows(rows, folds, held, coverage));
    }

    /// <summary>
    /// What share of the families' weight has to lie between the ends for <see cref="Covered"/> of the rows to be covered. The two differ by metric: of servers the
    /// large families are the easier ones.
    /// </summary>
    private static double CoverageOfFamilies(int[] folds, Residual[] held) =>
        Enumerable.Range(0, 31).Select(step => 0.84 + (step * 0.004)).FirstOrDefault(coverage =>
        {
            var ends = folds.Distinct().ToDictionary(fold => fold, fold => EndsWithout(fold, folds, held, coverage));
            return held.Index().Count(one => one.Item.IsWithin(ends[folds[one.Index]])) >= Covered * held.Length;
        }, 0.96);

    private static (double Low, double High) EndsWithout(int fold, int[] folds, Residual[] held, double coverage) =>
        Interval.Ends(held.Where((_, i) => folds[i] != fold).Select(one => (one.Score, one.Weight)), coverage);

    /// <summary>Each row with the interval that the other folds' scores give it: what coverage is to be expected on unseen families.</summary>
    private static List<Scored> HeldOutRows(MetricRows rows, int[] folds, Residual[] held, double coverage)
    {
        var scored = new List<Scored>(held.Length);
        foreach (var fold in folds.Distinct().Order())
        {
            var (low, high) = EndsWithout(fold, folds, held, coverage);
            foreach (var i in Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold))
            {
                var (machine, middle, scale) = (rows.Machines[i], rows.Logs[i] - held[i].Log, held[i].Scale * held[i].Doubt);
                scored.Add(new Scored(machine, machine.Figure(rows.Metric)!.Value,
                    new Models.Range(Math.Exp(middle), Math.Exp(middle + (low * scale)), Math.Exp(middle + (high * scale)), held[i].Distance * held[i].Doubt, middle, scale)));
            }
        }

        return scored;
    }

    /// <summary>What is left of a row whose family was held out.</summary>
    /// <param name="Log">Measured over predicted, as a logarithm.</param>
    /// <param name="Scale">What was to be expected of it.</param>
    /// <param name="Distance">The part of the scale that stands for few relatives and a shared processor.</param>
    /// <param name="Doubt">How many times wider its interval is made for what is unknown of it or contradicts itself; not a part of the scale.</param>
    /// <param name="Weight">How much it counts.</param>
    private readonly record struct Residual(double Log, double Scale, double Distance, double Doubt, double Weight)
    {
        public double Score => Log / Scale;

        public bool IsWithin((double Low, double High) ends) => Score >= ends.Low * Doubt && Score <= ends.High * Doubt;
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
