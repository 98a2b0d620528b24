using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Results;
using PcBench.Contracts.Statistics;

namespace PcBench.Bench.Benchmarks;

/// <summary>
/// What it costs a request that its figures are kept. Two replicas on one database, one that keeps figures and is scraped as Prometheus
/// does it, and one that keeps none, get the same requests turn by turn, each of them first every other time.
/// </summary>
internal static class MetricsCostBenchmark
{
    private const string Database = "metrics";
    private const int WarmUps = 2_000;

    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var results = ServiceCommand.Number("--results", "Results in the store.", 10_000);
        var requests = ServiceCommand.Number("--requests", "Requests of each kind to either in a round.", 4_000);
        var rounds = ServiceCommand.Number("--rounds", "Rounds.", 5);
        return ServiceCommand.Create("metrics-cost", "Time of a request with figures kept against none kept.", [results, requests, rounds], async (service, parsed, cancel) =>
        {
            await service.FillAsync(Database, parsed.GetValue(results), cancel);

            // The first does what only one replica does, publishing and ranking, so that neither of those that are compared has more to do.
            var leader = (await service.StartReplicaAsync(Database)).Address;
            await Ranked.UntilAsync(leader, parsed.GetValue(results), cancel);
            var kept = (await service.StartReplicaAsync(Database)).Address;
            var bare = (await service.StartReplicaAsync(Database, ("Telemetry__Metrics", "false"))).Address;
            foreach (var replica in (Uri[])[kept, bare])
                await Ranked.UntilAsync(replica, parsed.GetValue(results), cancel);

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var scraping = ScrapeAsync(kept, enough.Token);
            using var documents = new DocumentSupply(seed: 7, "localhost");
            using var one = new Caller(kept);
            using var other = new Caller(bare);
            Console.WriteLine($"{$"p50 of {parsed.GetValue(requests):N0} requests",-44} {"with",12} {"without",12}   ratio");
            var worst = 0.0;
            foreach (var (name, path) in Kinds)
            {
                // A submission is a document that nobody has sent before, and takes many times as long: fewer of them.
                var count = path is null ? parsed.GetValue(requests) / 8 : parsed.GetValue(requests);
                var ratios = new List<double>();
                await WarmUpAsync(path, one, other, documents, path is null ? WarmUps / 8 : WarmUps, cancel);
                for (var round = 1; round <= parsed.GetValue(rounds); round++)
                {
                    var (a, b) = await CompareAsync(path, one, other, documents, count, cancel);
                    ratios.Add(a / b);
                    Console.WriteLine($"{$"{name}, round {round}",-44} {a,9:F4} ms {b,9:F4} ms   {a / b,5:F3}");
                }

                var median = SampleStatistics.MedianOf([.. ratios]).Median;
                Console.WriteLine($"{$"{name}, median",-44} {"",12} {"",12}   {median,5:F3}");
                worst = Math.Max(worst, median);
            }

            await enough.CancelAsync();
            await scraping;
            return FormattableString.Invariant($"ratio {worst:F3}");
        });
    }

    /// <summary>The cheapest request there is, to which anything added is most; a page; one that PostgreSQL answers; one that it stores.</summary>
    private static IEnumerable<(string Name, string? Path)> Kinds =>
    [
        ("leaderboard, kept", "api/v1/leaderboard"), ("page of a CPU model, kept", $"api/v1/cpus/{CpuModels.All[150].Id}"),
        ("search", "api/v1/search?q=" + Uri.EscapeDataString(CpuModels.All[0].Name)), ("submission", null),
    ];

    private static async Task WarmUpAsync(string? path, Caller one, Caller other, DocumentSupply documents, int count, CancellationToken cancel) =>
        await CompareAsync(path, one, other, documents, count, cancel);

    private static async Task<(double One, double Other)> CompareAsync(string? path, Caller one, Caller other, DocumentSupply documents, int count, CancellationToken cancel)
    {
        var (ones, others) = (new double[count], new double[count]);
        var get = path is null ? null : RequestText.Get("localhost", path);
        if (get is null)
            await documents.PrepareAsync(2 * count, cancel);
        for (var i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (i % 2 == 0)
                (ones[i], others[i]) = (one.Time(Next()), other.Time(Next()));
            else
                (others[i], ones[i]) = (other.Time(Next()), one.Time(Next()));
        }

        return (SampleStatistics.MedianOf(ones).Median, SampleStatistics.MedianOf(others).Median);

        byte[] Next() => get ?? (documents.TryTake(out var document) ? document : throw new InvalidOperationException("There are no documents left."));
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
            // The rounds are over.
        }
    }
}
