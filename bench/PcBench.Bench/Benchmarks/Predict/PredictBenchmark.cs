using System.CommandLine;
using System.Diagnostics;
using PcBench.Bench.Load;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using PcBench.Ml.Features.Predict;
using PcBench.Ml.Registry;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Benchmarks.Predict;

/// <summary>How fast the ml-service predicts, beside the same model called in a bare loop.</summary>
internal static class PredictBenchmark
{
    private const int BatchSize = 10_000;
    private const int BatchRounds = 7;
    private const double P99BoundMs = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A model.bin, as 'ml train --out' writes it. Without it one is trained first." };
        var data = new Option<string?>("--data") { Description = "Folder of tables to train on. Default: the one that PCBENCH_DATA names." };
        var rounds = ServiceCommand.Number("--rounds", "Rounds of either, service and bare loop.", 5);
        var seconds = ServiceCommand.Number("--seconds", "Length of a round.", 3);
        var clients = ServiceCommand.Number("--clients", "Connections.", 8);
        var rate = ServiceCommand.Number("--rate", "Requests a second at which the times of single ones are taken.", 200);
        var command = new Command("predict", "Predictions over HTTP against the same model in a bare loop; p99, a batch of 10,000, memory, a model changed under load.") { model, data, rounds, seconds, clients, rate };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                if (await ModelAsync(parsed.GetValue(model), parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("PCBENCH_DATA"), cancel) is not { } loaded)
                    return 2;
                await using var service = await PredictService.StartAsync(loaded, cancel);
                var plan = new LoadPlan([service.Address], parsed.GetValue(clients), WarmUp, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
                Console.WriteLine($"{Environment.ProcessorCount} threads for all; {plan.Connections} clients; rounds of {plan.Duration.TotalSeconds:F0} s; model {loaded.Version}");
                var bare = await ThroughputAsync(service, loaded, plan, parsed.GetValue(rounds), explain: false, cancel);
                Console.WriteLine("with what drives each figure and the nearest machines, as one request has them by default:");
                var explained = await ThroughputAsync(service, loaded, plan, parsed.GetValue(rounds), explain: true, cancel);
                await LatencyAsync(service, plan with { Rate = parsed.GetValue(rate) }, cancel);
                await BatchAsync(service, cancel);
                await ReloadAsync(service, plan with { Duration = TimeSpan.FromSeconds(8) }, cancel);
                Console.WriteLine($"memory: {(await service.MemoryMibAsync()).Peak:F0} MiB at most");
                Console.WriteLine($"ratio without reasons: {bare:F2}");
                Console.WriteLine($"predict ratio {explained:F2}");
                return 0;
            }
            finally
            {
                ServerFolder.Remove();
            }
        });
        return command;
    }

    private static async Task<LoadedModel?> ModelAsync(string? path, string? data, CancellationToken cancel)
    {
        if (path is null && data is null)
        {
            await Console.Error.WriteLineAsync("error: There is no model. Name one with --model, or a folder of tables of machines with --data or PCBENCH_DATA.");
            return null;
        }

        if (path is null)
        {
            var folder = ServerFolder.New("trained");
            var start = Stopwatch.GetTimestamp();
            await Programs.RunAsync("env", $"Data__Folder={folder}", "dotnet", PredictService.Program, "train", "--data", Path.GetFullPath(data!), "--out", folder);
            Console.WriteLine($"trained in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
            path = Path.Combine(folder, "model.bin");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancel);
        return new LoadedModel(ModelRegistry.VersionOf(bytes), ModelFile.Of(bytes));
    }

    /// <returns>Median of the service ÷ median of the bare loop.</returns>
    private static async Task<double> ThroughputAsync(PredictService service, LoadedModel model, LoadPlan plan, int rounds, bool explain, CancellationToken cancel)
    {
        var measured = new Rounds("predictions over HTTP", "in a bare loop, all threads");
        BareLoop(model, WarmUp, explain); // until it is compiled
        for (var i = 0; i < rounds; i++)
        {
            var report = await LoadRun.RunAsync(plan, PredictRequests.Over(service.Address, explain), cancel);
            if (report.Errors > 0)
                throw new InvalidOperationException($"{report.Errors} requests failed: {string.Join("; ", report.Tally.Errors)}");
            measured.Add(report.PerSecond, BareLoop(model, plan.Duration, explain));
        }

        measured.WriteMedians();
        await WriteCostsAsync(service, model, plan, explain, cancel);
        return measured.Ratio;
    }

    /// <summary>What a prediction takes of the processor, which says more than the clock where others want it too.</summary>
    private static async Task WriteCostsAsync(PredictService service, LoadedModel model, LoadPlan plan, bool explain, CancellationToken cancel)
    {
        var before = service.ProcessorTime;
        var report = await LoadRun.RunAsync(plan with { WarmUp = TimeSpan.Zero }, PredictRequests.Over(service.Address, explain), cancel);
        var ofService = (service.ProcessorTime - before).TotalMicroseconds / report.All.Count;
        var own = Environment.CpuUsage.TotalTime;
        var predictions = BareLoop(model, plan.Duration, explain) * plan.Duration.TotalSeconds;
        var bare = (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / predictions;
        Console.WriteLine($"processor time of a prediction: service {ofService:F0} us, driver {report.DriverMicroseconds:F0} us; in a bare loop {bare:F0} us");
    }

    private static double BareLoop(LoadedModel model, TimeSpan span, bool explain)
    {
        var start = Stopwatch.GetTimestamp();
        long done = 0;
        Parallel.For(0, Environment.ProcessorCount, thread =>
        {
            long mine = 0;
            for (; Stopwatch.GetElapsedTime(start) < span; mine++)
                Predictor.Predict(PredictRequests.All[(int)((thread + mine) % PredictRequests.All.Count)], model, explain);
            Interlocked.Add(ref done, mine);
        });
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task LatencyAsync(PredictService service, LoadPlan plan, CancellationToken cancel)
    {
        var report = await LoadRun.RunAsync(plan with { Duration = TimeSpan.FromSeconds(10) }, PredictRequests.Over(service.Address, explain: true), cancel);
        LoadTable.Write(Console.Out, report);
        Console.WriteLine($"p99 at {plan.Rate} a second: {report.All.PercentileMs(0.99):F2} ms (bound {P99BoundMs:F0} ms)");
    }

    private static async Task BatchAsync(PredictService service, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        var batch = new PredictBatch([.. Enumerable.Range(0, BatchSize).Select(i => PredictRequests.All[i % PredictRequests.All.Count])]);
        var seconds = new List<double>();
        for (var round = 0; round < BatchRounds; round++)
        {
            using var content = JsonContent.Create(batch, ApiJson.Default.PredictBatch);
            await content.LoadIntoBufferAsync(cancel); // writing it is no part of the service
            var start = Stopwatch.GetTimestamp();
            using var response = await client.PostAsync("/v1/predict/batch", content, cancel);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync(cancel);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Console.WriteLine($"batch of {BatchSize:N0}: median {SampleStatistics.MedianOf([.. seconds]).Median:F2} s, worst {seconds.Max():F2} s");
    }

    private static async Task ReloadAsync(PredictService service, LoadPlan plan, CancellationToken cancel)
    {
        var load = LoadRun.RunAsync(plan, PredictRequests.Over(service.Address, explain: false), cancel);
        var changes = 0;
        while (!load.IsCompleted)
        {
            await service.ActivateOtherAsync(cancel);
            changes++;
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(1.5), cancel));
        }

        var report = await load;
        Console.WriteLine($"{changes} models activated under load: {report.All.Count:N0} answers, {report.Errors:N0} errors, the longest {report.All.MaxMs:F0} ms");
    }
}
