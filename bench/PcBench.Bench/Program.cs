using System.CommandLine;
using PcBench.Bench.Benchmarks;
using PcBench.Bench.Benchmarks.Ingest;
using PcBench.Bench.Benchmarks.Leaderboard;
using PcBench.Bench.Benchmarks.MetricsCost;
using PcBench.Bench.Benchmarks.Native;
using PcBench.Bench.Benchmarks.Predict;
using PcBench.Bench.Benchmarks.Spread;
using PcBench.Bench.Commands;

var root = new RootCommand("Measures how fast the service is.")
{
    IngestBenchmark.Create(), LeaderboardBenchmark.Create(), GrowthBenchmark.Create(), MemoryBenchmark.Create(), SizeBenchmark.Create(),
    LoadCommand.Create(), SameBytes.Create(), NativeBenchmark.Create(), PredictBenchmark.Create(), MetricsCostBenchmark.Create(),
    SpreadBenchmark.Create(),
};

try
{
    // What was started is stopped and removed on Ctrl-C too, which takes a while.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2), EnableDefaultExceptionHandler = false });
}
catch (InvalidOperationException error)
{
    // What is needed is missing, or the service does not do what is to be measured: it is said in the message, not in a trace of calls.
    await Console.Error.WriteLineAsync($"error: {error.Message}");
    return 1;
}
