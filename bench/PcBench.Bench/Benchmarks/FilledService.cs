using System.Diagnostics;
using PcBench.Bench.Filling;
using PcBench.Bench.Servers;

namespace PcBench.Bench.Benchmarks;

/// <summary>A service with results in it.</summary>
internal static class FilledService
{
    /// <summary>Makes a database and fills it, before any replica runs on it.</summary>
    public static async Task FillAsync(this Service service, string database, int results, CancellationToken cancel)
    {
        await service.MigrateAsync(database, cancel);
        var start = Stopwatch.GetTimestamp();
        await new Filler(service.Postgres, database).FillAsync(results, cancel);
        await Console.Error.WriteLineAsync($"filled in {results:N0} results in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
    }
}
