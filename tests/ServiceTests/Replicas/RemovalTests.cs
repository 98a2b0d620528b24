using System.Net;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Replicas;

/// <summary>Nobody is told that something is gone while another replica still shows it.</summary>
public sealed class RemovalTests
{
    private const int Rounds = 30;
    private const int Readers = 3;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_removed_on_one_replica_is_gone_on_the_other_as_soon_as_the_answer_came(bool hasRedis)
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var app = new BackendApp { Shared = await SharedStore.NewAsync(redis) };
        await using var other = app.Replica();
        var (http, reading) = (app.CreateClient(), other.CreateClient());
        var compared = await http.SubmitAsync(new ResultBuilder());
        var results = Enumerable.Range(0, Rounds).Select(i => new ResultBuilder { Cpu = $"Model Q{i}" }).ToList();
        var ids = new List<string>();
        foreach (var result in results)
            ids.Add(await http.SubmitAsync(result));
        if (!hasRedis)
            await redis.KillAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var (id, token) = (ids[round], results[round].Key.TokenFor(ids[round]));
            var places = PlacesOf(id, compared, $"model-q{round}", $"q{round}");
            using var hammering = new Hammer(reading, places, Readers);
            await Client.UntilAsync(() => Task.FromResult(hammering.HasShown(places.Keys)));

            using var removed = round % 2 == 0 ? await http.DeleteResultAsync(id, token) : await http.SetVisibilityAsync(id, "private", token);

            removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            var answered = Hammer.Now;
            await Client.UntilAsync(() => Task.FromResult(hammering.HasReadSince(answered, places.Keys)));
            hammering.ShownSince(answered).ShouldBeEmpty($"round {round}");
            await hammering.StopAsync();
        }
    }

    /// <summary>Addresses, and what stands in their answers while the result is public.</summary>
    private static Dictionary<string, string> PlacesOf(string id, string compared, string cpuId, string word) => new()
    {
        ["/api/v1/leaderboard?limit=100"] = $"\"id\":\"{id}\"",
        [$"/api/v1/leaderboard?cpu={cpuId}"] = $"\"id\":\"{id}\"",
        ["/api/v1/cpus"] = $"\"id\":\"{cpuId}\"",
        [$"/api/v1/cpus/{cpuId}"] = "",
        [$"/api/v1/search?q={id}"] = $"\"id\":\"{id}\"",
        [$"/api/v1/search?q={word}"] = $"\"id\":\"{id}\"",
        [$"/api/v1/compare?ids={compared},{id}"] = "",
        [$"/api/v1/results/{id}"] = "",
        [$"/api/v1/results/{id}/document"] = "",
    };
}
