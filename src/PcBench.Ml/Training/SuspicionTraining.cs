using PcBench.Ml.Assessing;
using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Training;

/// <summary>How well altered results are told from honest ones of families that were not seen.</summary>
/// <param name="Honest">Honest results.</param>
/// <param name="AlteredCount">Altered copies.</param>
/// <param name="Auc">Area under the curve.</param>
/// <param name="RecallAtOnePercent">Share of altered ones that are flagged while 1 % of the honest ones are.</param>
/// <param name="ByKind">The same by kind of alteration.</param>
internal sealed record Detection(int Honest, int AlteredCount, double Auc, double RecallAtOnePercent, IReadOnlyDictionary<string, double> ByKind);

/// <summary>Trains the detection on honest results and altered copies of them, everything held out by family.</summary>
internal static class SuspicionTraining
{
    private const int FoldCount = 4;
    private const int CopiesEach = 3;
    private const int MinRows = 100; // of a part, to say what it should be
    private const double FalseAlarms = 0.01;
    private const double Surely = 1000; // log-odds of what cannot be

    private static readonly Growth Trees = new(180, 16, 12, 0.08, Forests: 1);

    /// <returns>The model; null where there are too few results to learn from.</returns>
    public static (SuspicionModel Model, Detection Detection)? Fit(IReadOnlyList<Machine> all, int seed, CancellationToken cancel)
    {
        var machines = all.Where(machine => machine.Kind == MachineKind.Server && SuspicionModel.Knows(machine.Figures)).ToList();
        var families = machines.Select(machine => machine.Family).ToList();
        if (machines.Count < Predicted.MinRows || families.Distinct().Count() < Predicted.MinFamilies)
            return null;
        var features = machines.Select(machine => MachineFeatures.Of(MachineKind.Server, machine.Hardware)).ToList();
        var fold = Folds.Of(families, FoldCount, seed);

        // What each part should be: for each fold by regressors that did not see its families, and once by all.
        var expected = new Regressor?[FoldCount + 1][];
        for (var i = 0; i < expected.Length; i++)
            expected[i] = new Regressor?[Parts.All.Count];
        Parallel.For(0, (FoldCount + 1) * Parts.All.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, job =>
        {
            var (without, part) = (job / Parts.All.Count, job % Parts.All.Count);
            expected[without][part] = FitPart(Parts.All[part], machines, features, i => fold[i] != without, seed);
        });
        var levels = machines.Select((machine, i) => LevelsOf(expected[fold[i]], machine, features[i])).ToList();
        var relations = Relations.Of(levels);
        var siblings = SiblingModel.Fit([.. machines.Select((machine, i) => (machine.Figures, features[i]))]);

        // Honest results and altered copies, seen by what did not see their family.
        var random = new Random(seed);
        var cases = new List<(float[] Signals, bool Impossible, string? Kind, int Fold)>();
        for (var i = 0; i < machines.Count; i++)
        {
            Add(machines[i].Hardware, machines[i].Figures, null, fold[i]);
            for (var copy = 0; copy < CopiesEach; copy++)
            {
                if (Tampering.Of(machines[i], machines, random) is { } altered)
                    Add(altered.Hardware, altered.Figures, altered.Kind, fold[i]);
            }
        }

        var odds = new double[cases.Count];
        Parallel.For(0, FoldCount, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, without =>
        {
            var trees = Classifier([.. cases.Where(one => one.Fold != without)], seed);
            for (var i = 0; i < odds.Length; i++)
            {
                if (cases[i].Fold == without)
                    odds[i] = cases[i].Impossible ? Surely : trees.Evaluate(cases[i].Signals);
            }
        });
        var honest = odds.Where((_, i) => cases[i].Kind is null).Order().ToArray();
        var threshold = honest[Math.Min((int)Math.Ceiling(honest.Length * (1 - FalseAlarms)), honest.Length - 1)];
        var detection = new Detection(honest.Length, cases.Count - honest.Length,
            Math.Round(Auc(honest, [.. odds.Where((_, i) => cases[i].Kind is not null)]), 4), Recall(_ => true),
            cases.Select(one => one.Kind).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToDictionary(kind => kind, kind => Recall(one => one == kind)));
        return (new SuspicionModel(expected[FoldCount], siblings, relations, Classifier(cases, seed), threshold), detection);

        void Add(Contracts.Api.Hardware hardware, IReadOnlyDictionary<string, double> figures, string? kind, int of) =>
            cases.Add(Signals.Of(expected[of], siblings, relations, hardware, MachineFeatures.Of(MachineKind.Server, hardware), figures) is var signals ? (signals.Values, signals.IsImpossible, kind, of) : default);

        double Recall(Func<string, bool> of)
        {
            var chosen = Enumerable.Range(0, cases.Count).Where(i => cases[i].Kind is { } kind && of(kind)).ToList();
            return Math.Round(chosen.Count(i => odds[i] > threshold) / (double)Math.Max(1, chosen.Count), 3);
        }
    }

    private static Regressor? FitPart(Part part, List<Machine> machines, List<float[]> features, Func<int, bool> used, int seed)
    {
        var rows = Enumerable.Range(0, machines.Count).Where(used).Select(i => (Features: features[i], Level: part.Level(machines[i].Figures), machines[i].Family)).Where(row => row.Level is not null).ToList();
        if (rows.Count < MinRows)
            return null;
        var sizes = rows.CountBy(row => row.Family).ToDictionary();
        return Regressor.Fit(part.Name, MachineFeatures.Server, [.. rows.Select(row => row.Features)], [.. rows.Select(row => row.Level!.Value)], [.. rows.Select(row => 1 / Math.Sqrt(sizes[row.Family]))], Growth.Quick, seed);
    }

    private static double[] LevelsOf(Regressor?[] expected, Machine machine, float[] features) =>
        [.. Parts.All.Select((part, i) => expected[i] is { } known && part.Level(machine.Figures) is { } level ? level - known.Evaluate(features) : double.NaN)];

    private static Forest Classifier(IReadOnlyList<(float[] Signals, bool Impossible, string? Kind, int Fold)> all, int seed)
    {
        var cases = all.Where(one => !one.Impossible).ToList(); // the rest is settled without trees
        return Boosting.Classification([.. cases.Select(one => one.Signals)], [.. cases.Select(one => one.Kind is not null)], [.. cases.Select(one => one.Kind is null ? 3.0 : 1.0)], Trees, seed);
    }

    private static double Auc(double[] honest, double[] altered)
    {
        // Share of pairs in which the altered one stands higher; honest ones are sorted.
        double wins = 0;
        foreach (var odds in altered)
        {
            var at = Array.BinarySearch(honest, odds);
            wins += at >= 0 ? at + 0.5 : ~at;
        }

        return wins / altered.Length / honest.Length;
    }
}
