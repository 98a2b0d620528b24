using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;

namespace PcBench.Bench.Commands;

/// <summary><c>bench/run load</c>: a load on servers that run already.</summary>
internal static class LoadCommand
{
    private const int PerSecondAtMost = 2_500; // submissions that one machine is ready for without a rate

    public static Command Create()
    {
        var scenario = new Argument<string>("scenario") { Description = string.Join(", ", Scenario.Names) };
        scenario.AcceptOnlyFromAmong([.. Scenario.Names]);
        var url = new Option<Uri[]>("--url") { Description = "Address of a server, http only; give it once for each.", Required = true, CustomParser = Addresses };
        var clients = new Option<int>("--clients") { Description = "Connections in all.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<double>("--seconds") { Description = "Time that counts.", DefaultValueFactory = _ => 10 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before anything counts.", DefaultValueFactory = _ => 2 };
        var rate = new Option<double?>("--rate") { Description = "Requests a second, due whatever the servers do. Without it, each connection sends when it has its answer." };
        var documents = new Option<int?>("--documents") { Description = "Documents to sign beforehand; by default enough for the rate, or 2,500 a second." };
        var seed = new Option<int>("--seed") { Description = "Another seed gives other documents, which a server that has seen these takes as new.", DefaultValueFactory = _ => Environment.ProcessId };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("load", "Put a load on servers that run already, and show throughput and latencies.") { scenario, url, clients, seconds, warmUp, rate, documents, seed, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var servers = parsed.GetRequiredValue(url);
            var name = parsed.GetRequiredValue(scenario);
            var plan = new LoadPlan(
                servers, parsed.GetValue(clients), TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate));
            using var supply = new DocumentSupply(parsed.GetValue(seed), servers[0].Authority);
            await supply.PrepareAsync(parsed.GetValue(documents) ?? DocumentsFor(name, plan), cancel);
            if (await RunAsync(plan, name, supply, cancel) is not { } report)
                return 1;
            if (parsed.GetValue(json))
                Console.WriteLine(LoadTable.Json(report));
            else
                LoadTable.Write(Console.Out, report);
            return report.Errors == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<LoadReport?> RunAsync(LoadPlan plan, string scenario, DocumentSupply supply, CancellationToken cancel)
    {
        try
        {
            return await LoadRun.RunAsync(plan, await new Scenario(plan.Servers[0], supply).CreateAsync(scenario, cancel), cancel);
        }
        catch (Exception error) when (error is SocketException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"A server does not answer: {error.Message}");
            return null;
        }
    }

    private static Uri[] Addresses(ArgumentResult parsed)
    {
        var addresses = new List<Uri>();
        foreach (var token in parsed.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
                addresses.Add(address);
            else
                parsed.AddError($"'{token.Value}' is not an address like http://localhost:8080.");
        }

        return [.. addresses];
    }

    private static int DocumentsFor(string scenario, LoadPlan plan)
    {
        var share = scenario switch { "submit" => 1, "mixed" => 0.1, _ => 0 };
        return (int)Math.Ceiling(share * (plan.Rate ?? PerSecondAtMost) * (plan.WarmUp + plan.Duration).TotalSeconds * 1.02);
    }
}
