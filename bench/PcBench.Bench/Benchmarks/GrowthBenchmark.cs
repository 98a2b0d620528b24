using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;
using PcBench.Contracts.Statistics;

namespace PcBench.Bench.Benchmarks;

/// <summary>
/// Does an answer take longer when there are a hundred times as many results? Two replicas, each on a database of its own,
/// answer the same requests turn by turn, so that whatever else the machine does meets both alike.
/// </summary>
internal static class GrowthBenchmark
{
    private const int WarmUps = 200;

    public static Command Create()
    {
        var small = ServiceCommand.Number("--small", "Results in the small store.", 10_000);
        var large = ServiceCommand.Number("--large", "Results in the large store.", 1_000_000);
        var requests = ServiceCommand.Number("--requests", "Requests of each kind to either.", 2_000);
        return ServiceCommand.Create("growth", "Time of answers with many results against few.", [small, large, requests], async (service, parsed, cancel) =>
        {
            var (few, many) = (parsed.GetValue(small), parsed.GetValue(large));
            var servers = (Small: await StartAsync(service, "small", few, cancel), Large: await StartAsync(service, "large", many, cancel));
            using var toSmall = new Caller(servers.Small);
            using var toLarge = new Caller(servers.Large);
            Console.WriteLine($"{$"p50 of {parsed.GetValue(requests):N0} requests; the first, not kept yet",-48} {few,9:N0} {many,9:N0}   ratio {few,12:N0} {many,9:N0}");
            var worst = 0.0;
            foreach (var (name, smallPath, largePath) in await PathsAsync(servers.Small, servers.Large, cancel))
            {
                var (smallRequest, largeRequest) = (RequestText.Get("localhost", smallPath), RequestText.Get("localhost", largePath));
                var (firstA, firstB) = (toSmall.Time(smallRequest), toLarge.Time(largeRequest));
                var (a, b) = Compare(toSmall, smallRequest, toLarge, largeRequest, parsed.GetValue(requests));
                Console.WriteLine($"{name,-48} {a,6:F3} ms {b,6:F3} ms   {b / a,5:F2} {firstA,9:F1} ms {firstB,6:F1} ms");
                worst = Math.Max(worst, b / a);
            }

            return $"ratio {worst:F2}";
        });
    }

    private static async Task<Uri> StartAsync(Service service, string database, int results, CancellationToken cancel)
    {
        await service.FillAsync(database, results, cancel);
        var address = (await service.StartReplicaAsync(database)).Address;
        await Ranked.UntilAsync(address, results, cancel);
        return address;
    }

    private static async Task<IEnumerable<(string Name, string Small, string Large)>> PathsAsync(Uri small, Uri large, CancellationToken cancel)
    {
        var (popular, rare) = (CpuModels.All[0].Id, CpuModels.All[150].Id);
        return
        [
            Same("leaderboard, first page", "api/v1/leaderboard"),
            ("leaderboard, page 11", await DeepAsync(small), await DeepAsync(large)),
            Same("leaderboard of a workload", "api/v1/leaderboard?board=memory-latency"),
            Same("leaderboard, one vendor", "api/v1/leaderboard?vendor=Intel"),
            Same("leaderboard, one CPU model", $"api/v1/leaderboard?cpu={popular}"),
            Same("leaderboard, Linux on bare metal", "api/v1/leaderboard?os=linux&virtual=false"),
            Same("leaderboard of all threads, few cores", "api/v1/leaderboard?board=multi&cores=1-4"),
            Same("leaderboard of all threads, few cores of AMD", "api/v1/leaderboard?board=multi&cores=1-4&vendor=AMD"),
            Same("leaderboard of a workload, few cores", "api/v1/leaderboard?board=sha-256.multi&cores=1-4"),
            Same("search", "api/v1/search?q=" + Uri.EscapeDataString(CpuModels.All[0].Name)),
            Same("page of a popular CPU model", $"api/v1/cpus/{popular}"),
            Same("page of a rare CPU model", $"api/v1/cpus/{rare}"),
        ];

        static (string, string, string) Same(string name, string path) => (name, path, path);

        async Task<string> DeepAsync(Uri server)
        {
            using var survey = new Survey(server);
            return "api/v1/leaderboard?after=" + Uri.EscapeDataString((await survey.CursorsAsync("single", 10, cancel))[^1]);
        }
    }

    private static (double Small, double Large) Compare(Caller small, byte[] smallRequest, Caller large, byte[] largeRequest, int requests)
    {
        var (smallTimes, largeTimes) = (new double[requests], new double[requests]);
        for (var i = -WarmUps; i < requests; i++)
        {
            var (a, b) = (small.Time(smallRequest), large.Time(largeRequest));
            if (i >= 0)
                (smallTimes[i], largeTimes[i]) = (a, b);
        }

        return (SampleStatistics.MedianOf(smallTimes).Median, SampleStatistics.MedianOf(largeTimes).Median);
    }
}
