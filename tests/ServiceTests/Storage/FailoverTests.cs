using System.Collections.Concurrent;
using System.Net;
using Npgsql;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Storage;

public sealed class FailoverTests(TestServers servers)
{
    private const int Submissions = 300;

    [Fact]
    public async Task When_the_primary_dies_the_standby_has_all_that_was_acknowledged_and_submissions_go_on_without_a_restart()
    {
        await using var primary = await PostgresServer.StartAsync(durable: true);
        var database = await primary.CreateDatabaseAsync();
        await SharedStore.MigrateAsync(database);
        await using var standby = await PostgresServer.StandbyOf(primary, synchronous: true);
        var both = new NpgsqlConnectionStringBuilder(database) { Host = $"{primary.Host}:{primary.Port},{standby.Host}:{standby.Port}" };
        await using var app = new BackendApp { Shared = new SharedStore(both.ConnectionString, (await servers.RedisAsync()).Configuration, null) };
        var http = app.CreateClient();

        var acknowledged = new ConcurrentDictionary<string, byte[]>();
        var waiting = new ConcurrentQueue<byte[]>(Enumerable.Range(0, Submissions).Select(_ => new ResultBuilder().Signed()));
        var submitting = Enumerable.Range(0, 8).Select(_ => SubmitAllAsync(http, waiting, acknowledged)).ToList();
        await Client.UntilAsync(() => Task.FromResult(acknowledged.Count >= Submissions / 3));
        await primary.KillAsync();
        acknowledged.Count.ShouldBeLessThan(Submissions, "the primary must die amid the submissions");
        await standby.PromoteAsync();
        await Task.WhenAll(submitting);

        acknowledged.Count.ShouldBe(Submissions);
        (await app.CountAsync("result")).ShouldBe(Submissions);
        foreach (var (id, document) in acknowledged)
            (await http.GetByteArrayAsync($"/api/v1/results/{id}/document", TestContext.Current.CancellationToken)).ShouldBe(document);
        await app.SoonAsync(async () => (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(Submissions));
    }

    // As a person would: what got no answer is sent again.
    private static async Task SubmitAllAsync(HttpClient http, ConcurrentQueue<byte[]> waiting, ConcurrentDictionary<string, byte[]> acknowledged)
    {
        while (waiting.TryDequeue(out var document))
        {
            await Client.UntilAsync(async () =>
            {
                using var response = await http.PostResultAsync(document);
                if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
                    return false;
                return acknowledged.TryAdd((await response.ReadAsync(ApiJson.Default.Submission)).Id, document);
            });
        }
    }
}
