using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Ranking;
using PcBench.Backend.Telemetry;
using PcBench.Contracts;
using PcBench.Platform.Events;
using PcBench.Platform.Leases;
using PcBench.Platform.Redis;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Ranking;
using PcBench.ServiceTests.Servers;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Replicas;

/// <summary>All that is in Redis can be counted again: when it was emptied, is wrong, or is away.</summary>
public sealed class RedisAwayTests : IAsyncLifetime
{
    private const int Results = 30;

    private RedisProcess redis = null!;
    private BackendApp app = null!;
    private BackendApp other = null!;
    private string id = "";

    public async ValueTask InitializeAsync()
    {
        redis = await RedisProcess.StartAsync();
        app = new BackendApp { Shared = await SharedStore.NewAsync(redis) };
        var http = app.CreateClient();
        other = app.Replica();
        other.CreateClient().Dispose();
        var chance = new Random(5);
        for (var i = 0; i < Results; i++)
            id = await http.SubmitAsync(new ResultBuilder { Speed = 1 + chance.Next(20) * 0.02, Vendor = i % 2 == 0 ? "AMD" : "Intel" });
        await Client.UntilAsync(() => Task.FromResult(other.Services.GetRequiredService<PublishedRanks>().Version is not null));
        await RanksAreRightAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await app.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Ranks_that_were_lost_are_published_again_by_themselves_or_when_they_are_rebuilt()
    {
        await EmptyAsync();
        (await RebuildAsync()).Results.ShouldBe(Results);
        await RanksAreRightAsync();

        await EmptyAsync();
        await Client.UntilAsync(async () => await RedisOf(other).KeyExistsAsync(KeyOf("ranks:version")) && await RedisOf(other).KeyExistsAsync(KeyOf("ranks:board:1")));
        await RanksAreRightAsync();
    }

    [Fact]
    public async Task Rebuilding_says_which_boards_were_wrong_and_makes_them_right()
    {
        await RedisOf(other).StringSetAsync(KeyOf("ranks:board:1"), await RedisOf(other).StringGetAsync(KeyOf("ranks:board:2")));

        var (results, boards, wrong) = await RebuildAsync();

        (results, boards, wrong).ShouldBe((Results, Board.All.Count, 1));
        (await RebuildAsync()).Wrong.ShouldBe(0);
        await RanksAreRightAsync();
    }

    [Fact]
    public async Task Ranks_that_cannot_be_read_are_counted_and_nobody_waits_for_ever()
    {
        await RedisOf(other).StringSetAsync(KeyOf("ranks:board:1"), "of another release");
        using var ranks = PublishedOf(other);
        await ranks.LookAsync();

        for (var i = 0; i < 2; i++)
        {
            await ranks.LookAsync();
            (await ranks.SummaryAsync(Board.All[0], Cancel)).Total.ShouldBe(Results);
        }
    }

    [Fact]
    public async Task Rebuilding_keeps_the_role_however_long_it_takes()
    {
        var services = other.Services;
        var leadership = new Leadership(other.Database, TimeProvider.System, NullLogger<Leadership>.Instance);
        using var published = PublishedOf(other);
        using var keeper = new RankKeeper(
            other.Database, services.GetRequiredService<BoardNumbers>(), published, leadership, services.GetRequiredService<Outbox>(), services.GetRequiredService<EventSignal>(),
            services.GetRequiredService<IOptions<RankOptions>>(), services.GetRequiredService<BackendMetrics>(), TimeProvider.System, NullLogger<RankKeeper>.Instance);
        Task<(int Results, int? Wrong)> rebuilding;
        await using (var connection = await app.Database.OpenAsync(Cancel))
        {
            // Counting cannot begin: as long as a large table would take, or longer.
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "lock table standing_sorted in access exclusive mode";
            await command.ExecuteNonQueryAsync(Cancel);
            var before = await LeaseAsync();
            rebuilding = keeper.RebuildAsync(Cancel);
            await Client.UntilAsync(async () => (await LeaseAsync()).Holder != before.Holder);
            var seized = await LeaseAsync();
            await Client.UntilAsync(async () => await LeaseAsync() is var now && now.Holder == seized.Holder && now.Until > seized.Until);
        }

        (await rebuilding).Results.ShouldBe(Results);
        await RanksAreRightAsync();
    }

    [Fact]
    public async Task With_a_Redis_that_is_full_ranks_are_not_counted_again_and_again_and_are_right_when_it_has_room()
    {
        await redis.FillAsync();
        var (before, refused) = (await LeaseAsync(), await redis.RefusedAsync());
        await app.CreateClient().SubmitAsync(new ResultBuilder { Speed = 3 });
        await Client.UntilAsync(async () => await redis.RefusedAsync() >= refused + 10);

        (await LeaseAsync()).Term.ShouldBe(before.Term);
        await Client.UntilAsync(async () => (await app.CreateClient().GetStringAsync("/health/ready", Cancel)).Contains("degraded", StringComparison.Ordinal)
            || (await other.CreateClient().GetStringAsync("/health/ready", Cancel)).Contains("degraded", StringComparison.Ordinal));
        await redis.EmptyAgainAsync();
        await RanksAreRightAsync();
        await other.SoonAsync(async () => (await other.CreateClient().GetAsync("/api/v1/leaderboard?limit=100", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(Results + 1));
    }

    [Fact]
    public async Task Without_Redis_everything_is_answered_and_with_it_the_ranks_are_there_again()
    {
        await redis.StopAsync();
        foreach (var replica in new[] { app, other })
        {
            var http = replica.CreateClient();
            (await http.StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.OK);
            (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).Scores.ShouldAllBe(score => score.Rank!.Of >= Results);
            var mine = new ResultBuilder { Speed = 9 };
            var added = await http.SubmitAsync(mine);
            (await http.GetAsync("/api/v1/leaderboard?limit=100", ApiJson.Default.LeaderboardPage)).Rows[0].Id.ShouldBe(added);
            (await http.GetAsync("/api/v1/cpus/amd-ryzen-9-7950x", ApiJson.Default.CpuView)).Recent[0].Id.ShouldBe(added);
            (await http.DeleteResultAsync(added, mine.Key.TokenFor(added))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await http.GetAsync("/api/v1/leaderboard?limit=100", ApiJson.Default.LeaderboardPage)).Rows.ShouldNotContain(row => row.Id == added);
        }

        await app.CreateClient().SubmitAsync(new ResultBuilder { Speed = 3 });
        await redis.StartAgainAsync();
        await Client.UntilAsync(async () => (await other.Services.GetRequiredService<RedisServer>().TryAsync(database => database.KeyExistsAsync(KeyOf("ranks:version")))).Value);
        await RanksAreRightAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(string Holder, long Term, long Until)> LeaseAsync() =>
        (await app.Database.Sql("select holder, term, until from lease where role = 'ranks'").ListAsync(row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)), Cancel)).Single();

    /// <summary>What another replica would see.</summary>
    private static PublishedRanks PublishedOf(BackendApp replica) => new(
        replica.Database, replica.Services.GetRequiredService<BoardNumbers>(), replica.Services.GetRequiredService<RedisServer>(),
        replica.Services.GetRequiredService<BackendMetrics>(), TimeProvider.System, NullLogger<PublishedRanks>.Instance);

    private async Task EmptyAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Configuration + ",allowAdmin=true");
        await connection.GetServers()[0].FlushAllDatabasesAsync();
    }

    private static IDatabase RedisOf(BackendApp replica) => replica.Services.GetRequiredService<RedisServer>().Database!;

    private RedisKey KeyOf(string name) => app.Services.GetRequiredService<RedisServer>().Key(name);

    /// <summary>On both replicas: of one that counts and of one that takes what was published.</summary>
    private async Task RanksAreRightAsync()
    {
        foreach (var replica in new[] { app, other })
            await replica.SoonAsync(() => RankTests.ShouldEqualRecountAsync(replica.CreateClient()));
    }

    private async Task<(int Results, int Boards, int? Wrong)> RebuildAsync()
    {
        // As a person would run it, beside the replicas.
        var settings = app.Shared!.Settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}");
        var output = await Programs.RunAsync(["env", $"Data__Folder={app.Folder}", .. settings, "dotnet", "exec", typeof(SubmissionOptions).Assembly.Location, "rebuild-ranks", "--json"]);
        using var json = JsonDocument.Parse(output);
        var wrong = json.RootElement.GetProperty("wrong");
        return (json.RootElement.GetProperty("results").GetInt32(), json.RootElement.GetProperty("boards").GetInt32(), wrong.ValueKind == JsonValueKind.Null ? null : wrong.GetInt32());
    }
}
