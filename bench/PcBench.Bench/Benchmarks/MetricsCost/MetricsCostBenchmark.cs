using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;
using PcBench.Contracts.Statistics;

namespace PcBench.Bench.Benchmarks.MetricsCost;

/// <summary>
/// What it costs a request that its figures are kept: what they add to it in a pipeline that does little else, with and without in one
/// process, ÷ the processor time of the request in a replica that keeps none. Two replicas that are the same differ by several per cent
/// for as long as they live, as memory and compiled code happen to lie, so comparing one of either shows nothing under a tenth.
/// </summary>
internal static class MetricsCostBenchmark
{
    private const string Database = "metrics";
    private const int Clients = 16;
    private const int MostSubmissions = 1_500; // a second
    private const int RequestsOfATurn = 30_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var results = ServiceCommand.Number("--results", "Results in the store.", 10_000);
        var turns = ServiceCommand.Number("--turns", "Turns with figures, without, and of each kind of request.", 25);
        return ServiceCommand.Create("metrics-cost", "Processor time that keeping figures adds to a request.", [results, turns], async (service, parsed, cancel) =>
        {
            var added = await AddedAsync(parsed.GetValue(turns), cancel);
            Console.WriteLine($"figures of a request: {added.Median:N3} us ({added.Low:N3} to {added.High:N3}, medians of {parsed.GetValue(turns)} turns of {RequestsOfATurn:N0})");

            await service.FillAsync(Database, parsed.GetValue(results), cancel);
            var replica = await service.StartReplicaAsync(Database, ("Telemetry__Metrics", "false"));
            await Ranked.UntilAsync(replica.Address, parsed.GetValue(results), cancel);
            using var documents = new DocumentSupply(seed: 7, "localhost");
            Console.WriteLine($"{"",-28} {"without",12}   ratio with");
            var worst = 0.0;
            foreach (var (name, path) in Kinds)
            {
                await MicrosecondsAsync(replica, path, documents, WarmUp, cancel);
                var times = new List<double>();
                while (times.Count < parsed.GetValue(turns))
                    times.Add(await MicrosecondsAsync(replica, path, documents, Turn, cancel));
                var median = SampleStatistics.MedianOf([.. times]).Median;
                Console.WriteLine($"{name,-28} {median,9:N1} us   {1 + added.Median / median:F3}");
                worst = Math.Max(worst, 1 + added.Median / median);
            }

            return FormattableString.Invariant($"ratio {worst:F3}");
        });
    }

    /// <summary>What figures add to a request, in microseconds.</summary>
    private static async Task<MedianInterval> AddedAsync(int turns, CancellationToken cancel)
    {
        const int WarmUps = 12; // until all of it is compiled for good
        await using var with = await Pipeline.StartAsync(isKept: true, cancel);
        await using var without = await Pipeline.StartAsync(isKept: false, cancel);
        var differences = new List<double>();
        for (var turn = -WarmUps; turn < turns; turn++)
        {
            var difference = await with.MicrosecondsOfAsync(RequestsOfATurn) - await without.MicrosecondsOfAsync(RequestsOfATurn);
            if (turn >= 0)
                differences.Add(difference);
        }

        return SampleStatistics.MedianOf([.. differences]);
    }

    /// <summary>The cheapest request there is, to which anything added is most; another page; what is searched for; one that PostgreSQL stores.</summary>
    private static IEnumerable<(string Name, string? Path)> Kinds =>
    [
        ("leaderboard, kept", "api/v1/leaderboard"), ("page of a CPU model, kept", $"api/v1/cpus/{CpuModels.All[150].Id}"),
        ("search", "api/v1/search?q=" + Uri.EscapeDataString(CpuModels.All[0].Name)), ("submission", null),
    ];

    private static async Task<double> MicrosecondsAsync(DotnetProcess server, string? path, DocumentSupply documents, TimeSpan duration, CancellationToken cancel)
    {
        if (path is null)
            await documents.PrepareAsync((int)(duration.TotalSeconds * MostSubmissions), cancel);
        IRequestSource source = path is null ? new Submissions(documents) : new FixedRequests(path, server.Address.Authority, [path]);
        var before = server.ProcessorTime;
        var report = await LoadRun.RunAsync(new LoadPlan([server.Address], Clients, TimeSpan.Zero, duration), source, cancel);
        var used = server.ProcessorTime - before;
        return report.Errors == 0 ? used.TotalMicroseconds / report.All.Count : throw new InvalidOperationException($"{report.Errors} requests failed: {string.Join("; ", report.Tally.Errors)}");
    }
}
