using System.Globalization;
using System.Net;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Faults;

/// <summary>Many that want too much, of the real server over the real network.</summary>
public sealed class RudeClientTests(TestServers servers) : IAsyncLifetime
{
    private const int Idle = 10_000;
    private const int Rude = 50;
    private const int Polite = 50;
    private const int OwnFiles = 1_000; // what a process needs beside the connections that are tested

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-rude-").FullName;
    private readonly List<BackendProcess> replicas = [];
    private readonly Dictionary<string, string?> settings = [];
    private readonly HttpClient http = new();

    public async ValueTask InitializeAsync()
    {
        settings["Data:Postgres"] = await (await servers.PostgresAsync()).CreateDatabaseAsync();
        settings["Redis:Configuration"] = (await servers.RedisAsync()).Configuration;
        settings["Redis:Prefix"] = $"test-{Guid.CreateVersion7():N}:";
        await BackendProcess.RunAsync("migrate", settings);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var replica in replicas)
        {
            await replica.KillAsync();
            replica.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_address_has_one_limit_over_all_replicas()
    {
        settings["Limits:SubmissionsPerAddress"] = "10";
        await StartAsync(2);
        var documents = Enumerable.Range(0, 30).Select(_ => new ResultBuilder().Signed()).ToList();

        var answers = await Task.WhenAll(documents.Select((document, i) => PostAsync(replicas[i % 2], document)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(10);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBe(20);
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        await UntilTotalAsync(10);
    }

    [Fact]
    public async Task Ten_thousand_that_say_nothing_and_a_hundred_that_never_end_keep_nobody_else_from_being_served()
    {
        await StartAsync(1);
        var replica = replicas[0];
        var before = OpenFiles(replica);
        var idle = Math.Min(Idle, MostFiles() - OwnFiles);
        using var stop = new CancellationTokenSource();
        var ready = WatchReadyAsync(replica, stop.Token);
        await using (var rude = new RudeClients(replica.Address))
        {
            await rude.IdleAsync(idle);
            var endless = new List<Task<string>>();
            for (var i = 0; i < Rude; i++)
            {
                endless.Add(await rude.SlowAsync(new ResultBuilder().Signed()));
                endless.Add(await rude.HalfAsync(new ResultBuilder().Signed()));
            }

            var served = await Task.WhenAll(Enumerable.Range(0, Polite).Select(async _ =>
            {
                await http.GetAsync($"{replica.Address}api/v1/leaderboard", ApiJson.Default.LeaderboardPage);
                using var answer = await PostAsync(replica, new ResultBuilder().Signed());
                return answer.StatusCode;
            }));
            served.ShouldAllBe(status => status == HttpStatusCode.Created);
            await UntilTotalAsync(Polite);
            rude.StillOpen.ShouldBe(idle, "they must all have been there meanwhile");

            // The server itself ends bodies that come too slowly; nothing of them is stored.
            (await Task.WhenAll(endless)).ShouldAllBe(answer => answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
        }

        await Client.UntilAsync(() => Task.FromResult(OpenFiles(replica) < before + OwnFiles));
        using (var late = await PostAsync(replica, new ResultBuilder().Signed()))
            late.StatusCode.ShouldBe(HttpStatusCode.Created);
        await UntilTotalAsync(Polite + 1);
        await stop.CancelAsync();
        (await ready).ShouldAllBe(status => status == HttpStatusCode.OK);
        if (idle < Idle)
            Assert.Skip($"It holds with {idle} connections; for {Idle} a process must be able to open {Idle + OwnFiles} files (ulimit -Hn).");
    }

    private async Task StartAsync(int count)
    {
        for (var i = 0; i < count; i++)
            replicas.Add(await BackendProcess.StartAsync(folder, settings: settings));
        foreach (var replica in replicas) // compiles what is asked for, so that all of it is under way at once later
            await http.GetAsync($"{replica.Address}api/v1/leaderboard", ApiJson.Default.LeaderboardPage);
    }

    private Task<HttpResponseMessage> PostAsync(BackendProcess replica, byte[] document) => http.PostAsync(
        new Uri(replica.Address, "/api/v1/results?visibility=public"),
        new ByteArrayContent(document) { Headers = { ContentType = new("application/json") } }, TestContext.Current.CancellationToken);

    private async Task UntilTotalAsync(int count)
    {
        foreach (var replica in replicas)
            await Client.UntilAsync(async () => (await http.GetAsync($"{replica.Address}api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total == count);
    }

    private async Task<List<HttpStatusCode>> WatchReadyAsync(BackendProcess replica, CancellationToken stop)
    {
        var answers = new List<HttpStatusCode>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
            answers.Add(await http.StatusAsync($"{replica.Address}health/ready"));
        while (!stop.IsCancellationRequested && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        return answers;
    }

    // Both processes have the same limit: the one that is tested is the child of the one that tests.
    private static int MostFiles() => !OperatingSystem.IsLinux() ? OwnFiles + 2_000 : int.TryParse(
        File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
        CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;

    private static int OpenFiles(BackendProcess process) =>
        OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/fd").Length : 0;
}
