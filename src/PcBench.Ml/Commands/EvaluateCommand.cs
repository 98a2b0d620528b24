using System.CommandLine;
using System.Text.Json;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;
using PcBench.Ml.Training;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary><c>ml evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Output? output = null)
    {
        var data = new Option<string[]>("--data") { Description = "CSV files of machines with measured figures, or a folder of them.", Required = true, AllowMultipleArgumentsPerToken = true };
        var model = new Option<string?>("--model") { Description = "A model's file, folder or version. Default: the active one." };
        var held = new Option<bool>("--cross-validate") { Description = "Use no model: train on some CPU families of these files and measure on the others, in turn." };
        var seed = new Option<int>("--seed") { Description = "Seed for --cross-validate.", DefaultValueFactory = _ => 1 };
        var table = new Option<bool>("--table") { Description = "Print a table instead of JSON." };
        var json = new Option<bool>("--json") { Description = "Print JSON; this is the default." };
        var command = new CommandWithExamples("evaluate", "Say how well each metric is predicted from hardware alone: errors, coverage and width of the 90 % interval, by slice.", """
            ml evaluate --data unseen.csv
            ml evaluate --data unseen.csv --model model/ --table
            ml evaluate --data data/ --cross-validate
            """) { data, model, held, seed, table, json };
        command.SetAction((parsed, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                var machines = Machines.Read(Work.Tables(parsed.GetValue(data)!));
                IReadOnlyList<MetricEvaluation> evaluations;
                if (parsed.GetValue(held))
                {
                    evaluations = [.. Predicted.Metrics.Select(metric => new MetricRows(metric, Predicted.KindOf(metric), machines)).Where(rows => rows.Machines.Count > 0)
                        .Select(rows => rows.IsEnough ? Evaluation.Of(rows.Metric, MetricTraining.Fit(rows, parsed.GetValue(seed), cancel).HeldOut) : Predicted.TooLittle(rows))];
                }
                else
                {
                    if (await Work.ModelAsync(registry, parsed.GetValue(model), to, cancel) is not { } loaded)
                        return ExitCodes.NotFound;
                    evaluations = [.. Predicted.Metrics.Select(metric => OfMetric(loaded.File, metric, machines)).OfType<MetricEvaluation>()];
                }

                if (parsed.GetValue(table))
                    Show(evaluations, to);
                else
                    to.Data(JsonSerializer.Serialize(evaluations, RegistryJson.Default.IReadOnlyListMetricEvaluation));
                return ExitCodes.Ok;
            }, end);
        });
        return command;
    }

    private static MetricEvaluation? OfMetric(ModelFile file, string metric, List<Machine> machines)
    {
        if (!machines.Exists(machine => machine.Figure(metric) is not null))
            return null;
        return file.Metrics.FirstOrDefault(known => known.Metric == metric) is { } model
            ? Evaluation.Of(metric, Evaluation.Score(model, machines))
            : new MetricEvaluation(metric, null, new Dictionary<string, Accuracy>(), "The model does not know this metric: there was not enough data to train on.");
    }

    private static void Show(IReadOnlyList<MetricEvaluation> evaluations, Output to)
    {
        foreach (var evaluation in evaluations)
        {
            to.Data($"{evaluation.Metric}{(evaluation.Note is null ? "" : ": " + evaluation.Note)}");
            foreach (var (name, accuracy) in evaluation.All is null ? [] : evaluation.Slices.Prepend(new("all", evaluation.All)))
                to.Data(FormattableString.Invariant($"  {name,-40} n {accuracy.N,5}  median error {accuracy.MdApe,6:F2} %  90 % under {accuracy.P90,6:F2} %  coverage {accuracy.Coverage,6:F2} %  width {accuracy.Width,6:F1} %"));
        }
    }
}
