using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;

namespace PcBench.Bench.Benchmarks;

/// <summary>How much memory a replica holds at most under a mixed load, and whether that stays flat.</summary>
internal static class MemoryBenchmark
{
    private const string Database = "memory";
    private const int DocumentsAhead = 500;

    public static Command Create()
    {
        var minutes = ServiceCommand.Number("--minutes", "Length of the load.", 30);
        var results = ServiceCommand.Number("--results", "Results in the store at the beginning.", 100_000);
        var replicas = ServiceCommand.Number("--replicas", "Backend replicas.", 3);
        var rate = ServiceCommand.Number("--rate", "Requests a second in all: nine reads to a submission.", 200);
        return ServiceCommand.Create("memory", "Most resident memory of a replica under a mixed load.", [minutes, results, replicas, rate], async (service, parsed, cancel) =>
        {
            await service.FillAsync(Database, parsed.GetValue(results), cancel);
            var servers = new List<DotnetProcess>();
            for (var i = 0; i < parsed.GetValue(replicas); i++)
                servers.Add(await service.StartReplicaAsync(Database));
            await Ranked.UntilAsync(servers[0].Address, parsed.GetValue(results), cancel);
            Console.WriteLine($"{servers.Count} replicas; {parsed.GetValue(results):N0} results at the beginning; {parsed.GetValue(rate)} requests a second for {parsed.GetValue(minutes)} minutes");

            using var supply = new DocumentSupply(Environment.ProcessId, servers[0].Address.Authority);
            await supply.PrepareAsync(DocumentsAhead, cancel);
            var source = await new Scenario(servers[0].Address, supply).CreateAsync("mixed", cancel);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var signing = supply.KeepAsync(DocumentsAhead, ended.Token);
            var plan = new LoadPlan([.. servers.Select(server => server.Address)], 64, TimeSpan.Zero, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(rate));
            var load = LoadRun.RunAsync(plan, source, cancel);
            await WatchAsync(servers, load, cancel);
            await ended.CancelAsync();
            await signing;
            LoadTable.Write(Console.Out, await load);
            return $"mb {await PeakAsync(servers):F0}";
        });
    }

    private static async Task WatchAsync(List<DotnetProcess> servers, Task load, CancellationToken cancel)
    {
        Console.WriteLine("minute   resident MiB of each replica");
        for (var minute = 0; !load.IsCompleted; minute++)
        {
            var now = await Task.WhenAll(servers.Select(server => server.MemoryMibAsync()));
            Console.WriteLine($"{minute,6}   {string.Join(' ', now.Select(memory => $"{memory.Now,6:F0}"))}");
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromMinutes(1), cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static async Task<double> PeakAsync(List<DotnetProcess> servers) =>
        (await Task.WhenAll(servers.Select(server => server.MemoryMibAsync()))).Max(memory => memory.Peak);
}
