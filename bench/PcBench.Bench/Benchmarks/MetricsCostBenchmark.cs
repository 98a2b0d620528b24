using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;
using PcBench.Contracts.Statistics;

namespace PcBench.Bench.Benchmarks;

/// <summary>
/// What it costs a request that its figures are kept. Two replicas on one database, one that keeps figures and is scraped as Prometheus
/// does it, and one that keeps none, answer as much as they can, in turns of half a second. What is compared is the processor time of a request:
/// times on the clock vary by tenths with whatever else wants the processor, and figures are kept on it alone.
/// </summary>
internal static class MetricsCostBenchmark
{
    private const string Database = "metrics";
    private const int Clients = 16;
    private const int MostSubmissions = 1_500; // a second

    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.5);

    public static Command Create()
    {
        var results = ServiceCommand.Number("--results", "Results in the store.", 10_000);
        var turns = ServiceCommand.Number("--turns", "Turns of half a second that either has for each kind of request.", 60);
        return ServiceCommand.Create("metrics-cost", "Processor time of a request with figures kept against none kept.", [results, turns], async (service, parsed, cancel) =>
        {
            await service.FillAsync(Database, parsed.GetValue(results), cancel);

            // The first does what only one replica does, publishing and ranking, so that neither of those that are compared has more to do.
            var leader = (await service.StartReplicaAsync(Database)).Address;
            await Ranked.UntilAsync(leader, parsed.GetValue(results), cancel);
            var kept = await service.StartReplicaAsync(Database);
            var bare = await service.StartReplicaAsync(Database, ("Telemetry__Metrics", "false"));
            foreach (var replica in (DotnetProcess[])[kept, bare])
                await Ranked.UntilAsync(replica.Address, parsed.GetValue(results), cancel);

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var scraping = ScrapeAsync(kept.Address, enough.Token);
            using var documents = new DocumentSupply(seed: 7, "localhost");
            Console.WriteLine($"{"medians of " + parsed.GetValue(turns) + " turns",-28} {"with",12} {"without",12}   ratio (95 % interval)");
            var worst = 0.0;
            foreach (var (name, path) in Kinds)
            {
                await MicrosecondsAsync(kept, path, documents, WarmUp, cancel);
                await MicrosecondsAsync(bare, path, documents, WarmUp, cancel);
                var (with, without) = (new List<double>(), new List<double>());
                for (var turn = 0; turn < parsed.GetValue(turns); turn++)
                {
                    var isFirst = turn % 2 == 0;
                    if (isFirst)
                        with.Add(await MicrosecondsAsync(kept, path, documents, Turn, cancel));
                    without.Add(await MicrosecondsAsync(bare, path, documents, Turn, cancel));
                    if (!isFirst)
                        with.Add(await MicrosecondsAsync(kept, path, documents, Turn, cancel));
                }

                // Neighbours in time, so that what else the machine does meets both.
                var ratio = SampleStatistics.MedianOf([.. with.Zip(without, (one, other) => one / other)]);
                Console.WriteLine($"{name,-28} {SampleStatistics.MedianOf(with).Median,9:N1} us {SampleStatistics.MedianOf(without).Median,9:N1} us   {ratio.Median:F3} ({ratio.Low:F3} to {ratio.High:F3})");
                worst = Math.Max(worst, ratio.Median);
            }

            await enough.CancelAsync();
            await scraping;
            return FormattableString.Invariant($"ratio {worst:F3}");
        });
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

    private static async Task ScrapeAsync(Uri replica, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = replica };
        using var pace = new PeriodicTimer(BetweenScrapes);
        try
        {
            do
                await http.GetByteArrayAsync("metrics", stop);
            while (await pace.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The turns are over.
        }
    }
}
