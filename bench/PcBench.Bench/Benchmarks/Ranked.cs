using System.Diagnostics;
using PcBench.Bench.Load.Scenarios;

namespace PcBench.Bench.Benchmarks;

/// <summary>Waits for the service to have ranked what was filled in behind its back.</summary>
internal static class Ranked
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task UntilAsync(Uri replica, int results, CancellationToken cancel)
    {
        using var survey = new Survey(replica);
        var start = Stopwatch.GetTimestamp();
        long total;
        while ((total = await survey.TotalAsync(cancel)) < results)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"After five minutes {total:N0} of {results:N0} results are ranked.");
            await Task.Delay(500, cancel);
        }

        Console.WriteLine($"{results:N0} results were ranked {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s after the replica had started");
    }
}
