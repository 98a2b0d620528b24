using System.Security.Cryptography;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;
using PcBench.Platform.Telemetry;

namespace PcBench.Ml.Training;

/// <summary>What a training made.</summary>
internal sealed record Trained(byte[] Bytes, ModelFile File, ModelCard Card, IReadOnlyDictionary<string, List<Scored>> HeldOut);

/// <summary>Trains a model on tables of machines.</summary>
internal static class Trainer
{
    private const string Licence =
        "Internal use. Data of the Spare Cores Inspector are CC BY-SA 4.0, (c) the Spare Cores authors: what is made from them and handed on stays under that licence and names the source. "
        + "Figures of PassMark's charts belong to PassMark Software: a model trained on them is not to be published.";

    private const int SplitPart = 5;

    /// <param name="files">Tables.</param>
    /// <param name="seed">Seed of all chance.</param>
    /// <param name="now">The card's date.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="TableException">A file is no table of machines.</exception>
    public static Trained Train(IReadOnlyList<string> files, int seed, DateTimeOffset now, Action<string> progress, CancellationToken cancel)
    {
        var tables = files.Select(file => (File: file, Machines: Machines.Read([file]))).ToList();
        var machines = tables.SelectMany(table => table.Machines).ToList();
        var (models, evaluations, heldOut) = (new List<Models.MetricModel>(), new List<MetricEvaluation>(), new Dictionary<string, List<Scored>>());
        foreach (var metric in Predicted.Metrics)
        {
            var rows = new MetricRows(metric, Predicted.KindOf(metric), machines);
            if (!rows.IsEnough)
            {
                evaluations.Add(Predicted.TooLittle(rows));
                progress(evaluations[^1].Note!);
                continue;
            }

            var (model, held) = MetricTraining.Fit(rows, seed, cancel);
            models.Add(model);
            heldOut[metric] = held;
            evaluations.Add(Evaluation.Of(metric, held));
            progress($"{metric}: {rows.Machines.Count} rows of {rows.FamilyCount} families; held out: median error {evaluations[^1].All!.MdApe} %, 90 % under {evaluations[^1].All!.P90} %");
        }

        var suspicion = SuspicionTraining.Fit(machines, seed, cancel);
        progress(suspicion is { Detection: var found }
            ? $"altered results: AUC {found.Auc}, {found.RecallAtOnePercent:P0} found at 1 % false alarms"
            : "altered results: not enough data");
        var file = new ModelFile(models, suspicion?.Model, ModelFile.ExamplesOf(machines, Predicted.Metrics));
        var bytes = file.ToBytes();
        var split = heldOut.Select(held => (held.Key, Rows: held.Value.Where(row => InSplit(row.Machine.Family)).ToList())).Where(held => held.Rows.Count > 0)
            .ToDictionary(held => held.Key, held => Evaluation.Measure(held.Rows));
        var data = tables.Select(table => new DataFile(Path.GetFileName(table.File), table.Machines.Count, table.Machines.Select(machine => machine.Family).Distinct().Count(),
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(table.File))), LicenceOf(table.Machines))).ToList();
        var card = new ModelCard(ModelRegistry.VersionOf(bytes), now, seed, Release.Name, Licence, data, evaluations, split, suspicion?.Detection);
        return new Trained(bytes, file, card, heldOut);
    }

    private static string LicenceOf(List<Machine> machines) =>
        machines.Exists(machine => machine.Kind == MachineKind.Chart) ? "figures (c) PassMark Software: internal use only" : "CC BY-SA 4.0, (c) the Spare Cores authors";

    // By the name alone, so that the same families are compared in every version.
    private static bool InSplit(string family) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(family))[0] % SplitPart == 0;
}
