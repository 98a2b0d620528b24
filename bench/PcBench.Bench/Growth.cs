using System.Diagnostics;
using PcBench.Contracts;
using PcBench.Contracts.Statistics;

namespace PcBench.Bench;

/// <summary>
/// Does an answer take longer when there are a hundred times as many results? Both stores answer the same requests,
/// turn by turn, over HTTP, so that whatever else the machine does meets both alike.
/// </summary>
internal static class Growth
{
    private const int Small = 1_000;
    private const int Large = 100_000;
    private const int WarmUps = 200;
    private const int Rounds = 2_000;

    public static async Task<double> RunAsync()
    {
        await using var small = await LoadedBackend.StartAsync(Small);
        await using var large = await LoadedBackend.StartAsync(Large);
        Console.WriteLine($"{"median of " + Rounds + " requests",-44} {Small,9:N0} {Large,9:N0}   ratio");
        var worst = 0.0;
        foreach (var (name, address) in await RequestsAsync(small, large))
            worst = Math.Max(worst, await CompareAsync(name, address, small, large));
        return worst;
    }

    private static async Task<(string Name, Func<LoadedBackend, string> Address)[]> RequestsAsync(LoadedBackend small, LoadedBackend large)
    {
        var deep = new Dictionary<LoadedBackend, string> { [small] = await DeepCursorAsync(small), [large] = await DeepCursorAsync(large) };
        return
        [
            ("leaderboard, first page", _ => "api/v1/leaderboard"),
            ("leaderboard, page 11", backend => "api/v1/leaderboard?after=" + Uri.EscapeDataString(deep[backend])),
            ("leaderboard of a workload", _ => "api/v1/leaderboard?board=memory-latency"),
            ("leaderboard, one vendor", _ => "api/v1/leaderboard?vendor=Intel"),
            ("leaderboard, one CPU model", _ => "api/v1/leaderboard?cpu=amd-synthetic-1000"),
            ("leaderboard, Linux on bare metal", _ => "api/v1/leaderboard?os=linux&virtual=false"),
            ("search", _ => "api/v1/search?q=synthetic%201005"),
        ];
    }

    private static async Task<string> DeepCursorAsync(LoadedBackend backend)
    {
        string? cursor = null;
        for (var page = 0; page < 10; page++)
        {
            var address = "api/v1/leaderboard" + (cursor is null ? "" : "?after=" + Uri.EscapeDataString(cursor));
            cursor = (await backend.Client.GetFromJsonAsync(address, ApiJson.Default.LeaderboardPage))!.Next!;
        }

        return cursor!;
    }

    private static async Task<double> CompareAsync(string name, Func<LoadedBackend, string> address, LoadedBackend small, LoadedBackend large)
    {
        var (smallTimes, largeTimes) = (new double[Rounds], new double[Rounds]);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var times = (await MillisecondsAsync(small, address(small)), await MillisecondsAsync(large, address(large)));
            if (round >= 0)
                (smallTimes[round], largeTimes[round]) = times;
        }

        var (a, b) = (SampleStatistics.MedianOf(smallTimes).Median, SampleStatistics.MedianOf(largeTimes).Median);
        Console.WriteLine($"{name,-44} {a,6:F3} ms {b,6:F3} ms   {b / a,5:F2}");
        return b / a;
    }

    private static async Task<double> MillisecondsAsync(LoadedBackend backend, string address)
    {
        var start = Stopwatch.GetTimestamp();
        await backend.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
