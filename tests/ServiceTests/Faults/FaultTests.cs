using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using PcBench.ServiceTests.Servers;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Faults;

/// <summary>All faults hit one service, one after the other: what an earlier one left behind is there when the next one comes.</summary>
public sealed class FaultTests(TestServers servers, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Some = 40;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        int.Parse(Requirement.Setting("PCBENCH_FAULT_SECONDS") ?? (Requirement.Setting("CI") == "true" ? "60" : "10"), CultureInfo.InvariantCulture));

    private Cluster cluster = null!;
    private SteadyLoad load = null!;
    private Invariants invariants = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await Cluster.StartAsync(servers.S3);
        load = new SteadyLoad(cluster.Addresses);
        invariants = new Invariants(cluster, load);
    }

    public async ValueTask DisposeAsync()
    {
        invariants?.Dispose();
        load?.Dispose();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_fails_each_acknowledged_result_is_there_once_with_all_that_follows_from_it()
    {
        await UnderLoadAsync("a replica is killed", KillReplicaAsync);
        await UnderLoadAsync("PostgreSQL restarts", RestartPostgresAsync);
        await UnderLoadAsync("Redis is emptied", EmptyRedisAsync);
        await UnderLoadAsync("Redis is away", StopRedisAsync);
        await UnderLoadAsync("S3 is away", CutS3Async);
        await KillRelayAsync();
        await invariants.HoldAsync("in the end", readAll: true);
    }

    private async Task UnderLoadAsync(string fault, Func<Task> inject)
    {
        var start = Stopwatch.GetTimestamp();
        load.Start();
        await load.MoreAsync(Some);
        await inject();
        await load.MoreAsync(Some);
        await load.StopAsync();
        await invariants.HoldAsync(fault);
        output.WriteLine($"{fault}: {load.Acknowledged.Count} results, answers so far {load.Answers}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    private async Task KillReplicaAsync()
    {
        await cluster.KillAsync(0);
        await load.MoreAsync(Some);
        await cluster.StartAgainAsync(0);
    }

    private async Task RestartPostgresAsync()
    {
        await cluster.Postgres.StopAsync();
        await cluster.Postgres.StartAgainAsync();
    }

    /// <summary>While documents wait for S3, so that there is something in Redis that may be lost.</summary>
    private async Task EmptyRedisAsync()
    {
        cluster.Proxy.Cut();
        await load.MoreAsync(Some);
        await cluster.RedisDatabase.ExecuteAsync("FLUSHALL");
        cluster.Proxy.Restore();
    }

    private async Task StopRedisAsync()
    {
        await cluster.Redis.StopAsync();
        await SubmissionsGoOnAsync();
        await cluster.Redis.StartAgainAsync();
    }

    private async Task CutS3Async()
    {
        cluster.Proxy.Cut();
        await SubmissionsGoOnAsync();
        (await cluster.CountAsync("select count(*) from result_document")).ShouldBeGreaterThan(0, "documents must wait while S3 is away");
        cluster.Proxy.Restore();
    }

    /// <summary>For the time of an outage: every replica stays ready, and what is submitted is acknowledged.</summary>
    private async Task SubmissionsGoOnAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var before = load.Acknowledged.Count;
        using var http = new HttpClient();
        using var probes = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
        {
            foreach (var replica in cluster.Addresses)
                (await http.StatusAsync($"{replica}health/ready")).ShouldBe(HttpStatusCode.OK);
        }
        while (Stopwatch.GetElapsedTime(start) < Outage && await probes.WaitForNextTickAsync(TestContext.Current.CancellationToken));

        load.Acknowledged.Count.ShouldBeGreaterThan(before + Some);
    }

    /// <summary>
    /// It is killed when its events are in the stream and their rows do not say so yet. It can get no further, for the rows are
    /// locked here; and no earlier, for Redis answers nothing until they are.
    /// </summary>
    private async Task KillRelayAsync()
    {
        await cluster.Redis.PauseAsync();
        await load.OnceAsync();
        var relay = await cluster.HolderAsync("relay");
        await using (var store = await cluster.OpenAsync())
        {
            await using var transaction = await store.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var locked = await cluster.TextsAsync("select id from event where published_at is null for update", store);
            locked.ShouldNotBeEmpty();
            await cluster.Redis.ResumeAsync();
            await Client.UntilAsync(async () => await TimesInStreamAsync(locked) > 0);
            (await cluster.TextsAsync("select id from event where published_at is null")).Intersect(locked).Count().ShouldBe(locked.Count);
            (await cluster.HolderAsync("relay")).ShouldBe(relay);
            await cluster.KillAsync(relay);
            var before = await TimesInStreamAsync(locked);
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);

            // A lease lasts 6 s, and others try for it every 2 s.
            await Client.UntilAsync(async () => await cluster.HolderAsync("relay") >= 0, TimeSpan.FromSeconds(10));
            await Client.UntilAsync(async () => await TimesInStreamAsync(locked) > before); // by the one that follows
        }

        await cluster.StartAgainAsync(relay);
        await invariants.HoldAsync("the relay is killed between publishing and marking");
        output.WriteLine("the relay was killed between publishing and marking");
    }

    /// <returns>How often each of the events is in the stream, at least.</returns>
    private async Task<int> TimesInStreamAsync(List<string> events)
    {
        try
        {
            var entries = await cluster.RedisDatabase.StreamRangeAsync("pcbench:events");
            var times = entries.CountBy(entry => JsonElement.Parse((string)entry["event"]!).GetProperty("id").GetString()!).ToDictionary();
            return events.Min(id => times.GetValueOrDefault(id));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return 0; // it has just been asleep
        }
    }
}
