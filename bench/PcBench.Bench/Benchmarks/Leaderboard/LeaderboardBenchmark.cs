using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;

namespace PcBench.Bench.Benchmarks.Leaderboard;

/// <summary>How fast pages are read with a million results: the first one of the leaderboard against a server that does nothing.</summary>
internal static class LeaderboardBenchmark
{
    private const string Database = "leaderboard";
    private const double BoundMs = 50;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var results = ServiceCommand.Number("--results", "Results in the store.", 1_000_000);
        var clients = ServiceCommand.Number("--clients", "Connections.", 32);
        var rounds = ServiceCommand.Number("--rounds", "Rounds of either server.", 5);
        var seconds = ServiceCommand.Number("--seconds", "Length of a round.", 5);
        var rate = ServiceCommand.Number("--rate", "CPU pages and comparisons a second.", 50);
        return ServiceCommand.Create("leaderboard", "First page of the leaderboard against an empty server; p99 of CPU pages and comparisons.", [results, clients, rounds, seconds, rate], async (service, parsed, cancel) =>
        {
            await service.FillAsync(Database, parsed.GetValue(results), cancel);
            var replica = (await service.StartReplicaAsync(Database)).Address;
            await Ranked.UntilAsync(replica, parsed.GetValue(results), cancel);
            await using var empty = await SameBytes.StartAsync(new Uri(replica, "api/v1/leaderboard"));
            var round = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            Console.WriteLine($"{parsed.GetValue(results):N0} results; one replica; {parsed.GetValue(clients)} clients; rounds of {round.TotalSeconds:F0} s");

            var measured = new Rounds("leaderboard", "empty server, same bytes");
            for (var i = 0; i < parsed.GetValue(rounds); i++)
                measured.Add(await ThroughputAsync(replica), await ThroughputAsync(empty.Address));
            measured.WriteMedians();
            await LatenciesAsync(replica, parsed.GetValue(rate), cancel);
            return $"ratio {measured.Ratio:F2}";

            async Task<double> ThroughputAsync(Uri server)
            {
                var report = await LoadRun.RunAsync(
                    new LoadPlan([server], parsed.GetValue(clients), WarmUp, round), new FixedRequests("leaderboard", server.Authority, ["api/v1/leaderboard"]), cancel);
                return report.Errors == 0 ? report.PerSecond : throw new InvalidOperationException($"{report.Errors} requests failed: {string.Join("; ", report.Tally.Errors)}");
            }
        });
    }

    private static async Task LatenciesAsync(Uri replica, int rate, CancellationToken cancel)
    {
        using var supply = new DocumentSupply(Environment.ProcessId, replica.Authority);
        var scenario = new Scenario(replica, supply);
        foreach (var name in (string[])["cpu", "compare"])
        {
            var source = await scenario.CreateAsync(name, cancel);
            var report = await LoadRun.RunAsync(new LoadPlan([replica], 64, WarmUp, TimeSpan.FromSeconds(20), rate), source, cancel);
            LoadTable.Write(Console.Out, report);
            Console.WriteLine($"p99 of {name} at {rate} a second: {report.All.PercentileMs(0.99):F1} ms (bound {BoundMs:F0} ms)");
        }
    }
}
