using System.CommandLine;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;

namespace PcBench.Bench.Benchmarks.Ingest;

/// <summary>How many submissions the service makes durable, against bare inserts of the same bytes on the same server.</summary>
internal sealed class IngestBenchmark
{
    private const string Database = "ingest";
    private const int Literals = 8;
    private const double OpenShare = 0.7;
    private const double BoundMs = 100;
    private const int MaxWarmUps = 15;

    private readonly Service service;
    private readonly Plan plan;
    private readonly DocumentSupply supply;
    private readonly List<Uri> replicas = [];
    private long errors;
    private bool drains = true;

    private IngestBenchmark(Service service, Plan plan) =>
        (this.service, this.plan, supply) = (service, plan, new DocumentSupply(Environment.ProcessId, "localhost"));

    private sealed record Plan(int Replicas, int Clients, int Rounds, TimeSpan Round, TimeSpan WarmUp, TimeSpan Open);

    public static Command Create()
    {
        var replicas = ServiceCommand.Number("--replicas", "Backend replicas.", 3);
        var clients = ServiceCommand.Number("--clients", "Connections of either driver.", 32);
        var rounds = ServiceCommand.Number("--rounds", "Rounds of either.", 5);
        var seconds = ServiceCommand.Number("--seconds", "Length of a round.", 8);
        return ServiceCommand.Create("ingest", "Durable submissions a second against pgbench's inserts of the same bytes.", [replicas, clients, rounds, seconds], (service, parsed, cancel) =>
        {
            var round = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            var plan = new Plan(parsed.GetValue(replicas), parsed.GetValue(clients), parsed.GetValue(rounds), round, TimeSpan.FromSeconds(2), 2 * round);
            return new IngestBenchmark(service, plan).RunAsync(cancel);
        });
    }

    private async Task<string> RunAsync(CancellationToken cancel)
    {
        using var own = supply;
        await service.MigrateAsync(Database, cancel);
        for (var i = 0; i < plan.Replicas; i++)
            replicas.Add((await service.StartReplicaAsync(Database)).Address);
        byte[][] literals = [.. Enumerable.Range(0, Literals).Select(_ => supply.Document())];
        var pgbench = new PgBench(service.Postgres, plan.Clients);
        await pgbench.PrepareAsync(literals, cancel);
        Console.WriteLine($"{plan.Replicas} replicas; {plan.Clients} clients; documents of {literals.Average(document => document.Length):N0} bytes, all distinct; rounds of {plan.Round.TotalSeconds:F0} s; pgbench with {Literals} such documents in its scripts");

        var rounds = await AlternateAsync(pgbench, cancel);
        var open = await OpenAsync(rounds.FirstMedian * OpenShare, cancel);
        Console.WriteLine($"p99 at {OpenShare:P0} of the rate: {open.All.PercentileMs(0.99):F1} ms (bound {BoundMs:F0} ms); errors in all: {errors:N0}");
        return $"ratio {rounds.Ratio:F2}";
    }

    private async Task<Rounds> AlternateAsync(PgBench pgbench, CancellationToken cancel)
    {
        var rate = await WarmUpAsync(cancel);
        await pgbench.RunAsync(TimeSpan.FromSeconds(3), prepared: false, cancel);
        var rounds = new Rounds("submissions", "pgbench inserts");
        var prepared = new List<double>();
        for (var i = 0; i < plan.Rounds; i++)
        {
            await supply.PrepareAsync((int)(1.6 * rate * (plan.Round + plan.WarmUp).TotalSeconds) + 1_000, cancel);
            await SettleAsync(cancel);
            var report = await SubmitAsync(plan.Round, null, cancel);
            rate = report.PerSecond;

            // What was put off would slow pgbench, which puts nothing off.
            await SettleAsync(cancel);
            rounds.Add(rate, await pgbench.RunAsync(plan.Round, prepared: false, cancel));
            prepared.Add(rate / await pgbench.RunAsync(plan.Round, prepared: true, cancel));
        }

        prepared.Sort();
        Console.WriteLine($"against pgbench -M prepared, which sends no documents, they are in its statements: ratio {prepared[prepared.Count / 2]:F2}");

        rounds.WriteMedians();
        return rounds;
    }

    /// <summary>Until the rate rises no more: what a replica runs often is compiled again, better, for its first half minute under load.</summary>
    private async Task<double> WarmUpAsync(CancellationToken cancel)
    {
        var rates = new List<double>();
        do
        {
            await supply.PrepareAsync((int)(2 * Math.Max(rates.LastOrDefault(), 150) * (plan.Round + plan.WarmUp).TotalSeconds), cancel);
            rates.Add((await SubmitAsync(plan.Round, null, cancel)).PerSecond);
        }
        while (rates.Count < MaxWarmUps && (rates.Count < 4 || rates[^1] > 1.1 * rates[^3]));
        return rates[^1];
    }

    private async Task<LoadReport> OpenAsync(double rate, CancellationToken cancel)
    {
        await supply.PrepareAsync((int)(1.05 * rate * (plan.Open + plan.WarmUp).TotalSeconds) + 100, cancel);
        await SettleAsync(cancel);
        Console.WriteLine($"at a fixed rate of {rate:N0} a second:");
        var report = await SubmitAsync(plan.Open, rate, cancel);
        LoadTable.Write(Console.Out, report);
        await SettleAsync(cancel);
        return report;
    }

    private async Task<LoadReport> SubmitAsync(TimeSpan duration, double? rate, CancellationToken cancel)
    {
        // At a fixed rate a late server is not spared for want of connections.
        var load = new LoadPlan(replicas, rate is null ? plan.Clients : 8 * plan.Clients, plan.WarmUp, duration, rate);
        var report = await LoadRun.RunAsync(load, new Submissions(supply), cancel);
        errors += report.Errors;
        Console.WriteLine($"submitted {report.All.Count:N0} in {report.Seconds:F1} s: p50 {report.All.PercentileMs(0.5):F1} ms, p99 {report.All.PercentileMs(0.99):F1} ms, errors {report.Errors:N0}, driver {report.DriverMicroseconds:F0} us each; waiting: {await Backlog.ReadAsync(service.Postgres, Database, cancel)}");
        foreach (var (error, count) in report.Tally.Errors)
            Console.WriteLine($"error: {error}: {count:N0}");
        return report;
    }

    private async Task SettleAsync(CancellationToken cancel)
    {
        var before = await Backlog.ReadAsync(service.Postgres, Database, cancel);
        if (drains && !before.IsEmpty)
        {
            var took = await Backlog.DrainedAsync(service.Postgres, Database, cancel);
            drains = took is not null;
            Console.WriteLine(took is { } time
                ? $"drained in {time.TotalSeconds:F1} s"
                : $"not drained in time, and not waited for any more: {await Backlog.ReadAsync(service.Postgres, Database, cancel)}");
        }

        await service.Postgres.ExecuteAsync(Database, "checkpoint", cancel);
    }
}
