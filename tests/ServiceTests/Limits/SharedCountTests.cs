using System.Net;
using Microsoft.Extensions.Time.Testing;
using PcBench.Backend.Limits;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Limits;

/// <summary>Limits of several replicas that share one Redis.</summary>
public sealed class SharedCountTests(TestServers servers)
{
    private const int Window = 60_000;
    private readonly string prefix = LimitReplica.NewPrefix();

    [Fact]
    public async Task Of_thirty_at_once_over_three_replicas_exactly_ten_pass()
    {
        await using var a = await StartAsync(10);
        await using var b = await StartAsync(10);
        await using var c = await StartAsync(10);
        var passed = await Task.WhenAll(a.PassedAsync(1, 10), b.PassedAsync(1, 10), c.PassedAsync(1, 10));

        passed.Sum().ShouldBe(10);
        (await a.PassedAsync(2, 10)).ShouldBe(10, "another key has a count of its own");
        (await b.PassedAsync(2, 1)).ShouldBe(0);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1_000)]
    [InlineData(25_000)]
    public async Task What_replicas_take_ahead_never_adds_up_to_more_than_the_limit(int limit)
    {
        await using var a = await StartAsync(limit, now: 0);
        await using var b = await StartAsync(limit, now: 0);
        await using var c = await StartAsync(limit, now: 0);
        var passed = await Task.WhenAll(a.PassedAsync(1, limit), b.PassedAsync(1, limit), c.PassedAsync(1, limit));

        passed.Sum().ShouldBe(limit);
    }

    [Fact]
    public async Task What_was_taken_ahead_ends_with_the_window()
    {
        var time = new FakeTimeProvider();
        await using var replica = await StartAsync(1_000, now: 30_000, time);
        (await replica.AskAsync(1)).Remaining.ShouldBe(999);
        (await replica.AskAsync(1)).Remaining.ShouldBe(998);

        time.Advance(TimeSpan.FromSeconds(30));
        replica.Counts.Now = Window;

        // Ten were taken in the window before, and count there whether they were used or not.
        (await replica.AskAsync(1)).Remaining.ShouldBe(989);
    }

    [Fact]
    public async Task A_refusal_holds_without_asking_again_for_as_long_as_it_must_and_no_longer()
    {
        var time = new FakeTimeProvider();
        await using var replica = await StartAsync(10, now: 0, time);
        (await replica.PassedAsync(1, 11)).ShouldBe(10);

        replica.Counts.Now = 66_000; // Redis would let one pass, and is not asked
        (await replica.AskAsync(1)).RetryAfterSeconds.ShouldBe(66);
        time.Advance(TimeSpan.FromSeconds(66));
        (await replica.PassedAsync(1, 5)).ShouldBe(1);
    }

    [Fact]
    public async Task The_script_says_what_the_formula_says()
    {
        await using var replica = await StartAsync(10);
        var random = new Random(1);
        foreach (var limit in new[] { 1, 2, 3, 10, 60, 1_000_000 })
        {
            var own = new WindowCount();
            var subject = LimitSubject.Of(BitConverter.GetBytes(limit));
            long now = 1_700_000_000_000;
            for (var i = 0; i < 300; i++)
            {
                now += random.Next(4) == 0 ? random.Next(3 * Window / limit + 2) : random.Next(20);
                replica.Counts.Now = now;
                var said = await replica.Counts.AskAsync(Limit.SubmissionsPerKey, subject, limit, Window, most: 1);
                var (room, left) = own.RoomAt(now, limit, Window);
                said.ShouldBe(room < 1
                    ? new SharedAnswer(0, 0, own.WaitFor(limit, Window, left), left)
                    : new SharedAnswer(1, room - 1, 0, left), $"limit {limit}, request {i}");
                if (room > 0)
                    own.Add(now, Window);
            }
        }
    }

    [Fact]
    public async Task Redis_holds_no_address_and_nothing_for_long()
    {
        var address = LimitSubject.Of(IPAddress.Parse("192.0.2.77"));
        await using var plain = await StartAsync(10);
        await using var keyed = await LimitReplica.StartAsync(new LimitOptions { SubmissionsPerKey = 10, HashKey = "a secret of some length" }, await RedisAsync(), prefix);
        foreach (var replica in new[] { plain, keyed })
            (await replica.Limiter.AskAsync(Limit.SubmissionsPerKey, address, TestContext.Current.CancellationToken)).Passes.ShouldBeTrue();

        var database = plain.Redis.Database!;
        var names = database.Multiplexer.GetServers()[0].Keys(pattern: $"{prefix}*").Select(key => key.ToString()).ToList();
        names.Count.ShouldBe(2, "hashes with a key are others");
        foreach (var name in names)
        {
            name.ShouldMatch($"^{prefix}limit:submissions-per-key:[0-9a-f]{{32}}$");
            (await database.KeyTimeToLiveAsync(name))!.Value.ShouldBeInRange(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(120));
            (await database.HashGetAllAsync(name)).Select(field => field.Name.ToString()).ShouldBe(["number", "current", "previous"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_Redis_that_forgot_the_script_gets_it_again_and_one_that_cannot_count_is_done_without()
    {
        await using var replica = await StartAsync(10);
        var database = replica.Redis.Database!;
        await replica.AskAsync(1);
        await database.ExecuteAsync("SCRIPT", "FLUSH");
        (await replica.AskAsync(1)).Remaining.ShouldBe(8);

        var broken = LimitSubject.Of([2]);
        await database.StringSetAsync(replica.Redis.Key($"limit:submissions-per-key:{broken.Hash([])}"), "not a hash", TimeSpan.FromMinutes(1));
        (await replica.PassedAsync(2, 30)).ShouldBe(10);
    }

    private async Task<LimitReplica> StartAsync(int limit, long? now = null, TimeProvider? time = null)
    {
        var replica = await LimitReplica.StartAsync(new LimitOptions { SubmissionsPerKey = limit }, await RedisAsync(), prefix, time);
        replica.Counts.Now = now;
        return replica;
    }

    private async Task<string> RedisAsync() => (await servers.RedisAsync()).Configuration;
}
