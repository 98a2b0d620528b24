using System.CommandLine;
using System.Text.Json;
using PcBench.Bench.Benchmarks.Native;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Benchmarks.Spread;

/// <summary>
/// How far the scores of one machine lie apart when it is measured again and again, and how far they would with other rules: those are
/// applied to the samples of the same runs, so that the machine was in the same mood for all of them.
/// </summary>
internal static class SpreadBenchmark
{
    public static Command Create()
    {
        var invocations = ServiceCommand.Number("--invocations", "How often pcbench runs, a minute each.", 10);
        var neighbour = new Option<bool>("--neighbour") { Description = "Keep one processor busy meanwhile." };
        var cli = new Option<string>("--pcbench") { Description = "The program that is measured.", DefaultValueFactory = _ => "artifacts/bin/PcBench.Cli/release/pcbench" };
        var command = new Command("spread", "Spread of the scores over invocations of pcbench, and what other rules would have made of the same samples.") { invocations, neighbour, cli };
        command.SetAction(async (parsed, cancel) =>
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (parsed.GetValue(neighbour))
                Start(enough.Token);
            var documents = new List<ResultDocument>();
            while (documents.Count < parsed.GetValue(invocations))
            {
                documents.Add(await MeasureAsync(parsed.GetValue(cli)!, cancel));
                Console.WriteLine($"run {documents.Count}: {string.Join(", ", ScoreFormula.Of(documents[^1]).Select(score => $"{Board.NameOf(score.Kind)} {score.Value:N0}"))}{Marks(documents[^1])}");
            }

            await enough.CancelAsync();
            WriteRules(documents);
            Console.WriteLine("spread " + string.Join(' ', WorkloadCatalog.ScoredKinds.Select(kind =>
                FormattableString.Invariant($"{Board.NameOf(kind)} {100 * Spread(documents.Select(document => Value(document, kind))):F2}%"))));
            return 0;
        });
        return command;
    }

    private static double? Value(ResultDocument document, ScoreKind kind) => ScoreFormula.Of(document).FirstOrDefault(score => score.Kind == kind)?.Value;

    private static string Marks(ResultDocument document) => ResultMarks.Of(document) is { Count: > 0 } marks ? $" ({string.Join(", ", marks.Select(mark => mark.Mark))})" : "";

    private static double Spread(IEnumerable<double?> values) => SampleStatistics.CoefficientOfVariation([.. values.OfType<double>()]);

    private static void WriteRules(IReadOnlyList<ResultDocument> documents)
    {
        var workloads = WorkloadCatalog.Scored.Where(workload => workload.Figure == FigureRule.AgreedBest).ToList();
        Console.WriteLine($"{"means over " + workloads.Count + " workloads",-40} {"spread",8} {"samples",8} {"spread × √samples",18}");
        foreach (var rule in SamplingRule.All)
        {
            var seen = workloads.Select(workload => documents
                .SelectMany(document => document.Workloads).Where(measured => measured.Id == workload.Id)
                .Select(measured => rule.Apply(measured.Samples, workload.Better)).ToList()).Where(figures => figures.Count > 1).ToList();
            var spread = seen.Average(figures => SampleStatistics.CoefficientOfVariation([.. figures.Select(figure => figure.Figure)]));
            var samples = seen.Average(figures => figures.Average(figure => figure.Samples));
            Console.WriteLine($"{rule.Name,-40} {spread,8:P1} {samples,8:F0} {spread * Math.Sqrt(samples),18:F3}");
        }
    }

    private static async Task<ResultDocument> MeasureAsync(string cli, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("pcbench-spread-").FullName;
        try
        {
            // In a folder of its own, so that no result is left with the user's.
            var output = await Yardsticks.OutputOfAsync("env", [$"PCBENCH_HOME={folder}", cli, "run", "--quick", "--storage-path", folder, "--yes", "--no-report", "--json"], cancel);
            return JsonSerializer.Deserialize(output, DocumentJson.Default.ResultDocument)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Start(CancellationToken stop) => new Thread(() =>
    {
        while (!stop.IsCancellationRequested)
            Thread.SpinWait(1_000);
    })
    { IsBackground = true }.Start();
}
