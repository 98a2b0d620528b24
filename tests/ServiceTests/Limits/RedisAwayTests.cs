using System.Diagnostics;
using PcBench.Backend.Limits;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Limits;

/// <summary>Limits while Redis is away, hangs, and is back.</summary>
public sealed class RedisAwayTests
{
    [Fact]
    public async Task Without_Redis_each_replica_holds_the_limit_alone_and_with_it_they_hold_it_together_again()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var a = await StartAsync(server);
        await using var b = await StartAsync(server);
        (await a.PassedAsync(1, 4)).ShouldBe(4);

        await server.KillAsync();
        (await a.PassedAsync(1, 30)).ShouldBe(6, "what passed before counts in an outage too");
        (await b.PassedAsync(1, 30)).ShouldBe(10);

        await server.StartAgainAsync();
        await UntilSharedAsync(a, b);
        (await Task.WhenAll(a.PassedAsync(2, 15), b.PassedAsync(2, 15))).Sum().ShouldBe(10);
    }

    [Fact]
    public async Task A_Redis_that_hangs_holds_up_once_and_never_again_while_it_hangs()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var replica = await StartAsync(server);
        (await replica.AskAsync(1)).Passes.ShouldBeTrue();

        await server.PauseAsync();
        var watch = Stopwatch.StartNew();
        (await replica.PassedAsync(2, 30)).ShouldBe(10);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3), "all of them wait for the same answer");

        watch.Restart();
        var slowest = TimeSpan.Zero;
        for (byte subject = 3; watch.Elapsed < TimeSpan.FromSeconds(4); subject++)
        {
            var began = watch.Elapsed;
            (await replica.AskAsync(subject)).Passes.ShouldBeTrue();
            slowest = watch.Elapsed - began > slowest ? watch.Elapsed - began : slowest;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        slowest.ShouldBeLessThan(TimeSpan.FromMilliseconds(900), "less than the time-out");
        await server.ResumeAsync();
        await UntilSharedAsync(replica);
    }

    private static Task<LimitReplica> StartAsync(RedisProcess server) =>
        LimitReplica.StartAsync(new LimitOptions { SubmissionsPerKey = 10, ReadsPerAddress = LimitOptions.Most }, server.Configuration);

    // Each time for somebody new, of whom nothing is known here: then a count in Redis shows that Redis counts.
    private static async Task UntilSharedAsync(params LimitReplica[] replicas)
    {
        byte subject = 0;
        foreach (var replica in replicas)
        {
            await Client.UntilAsync(async () =>
            {
                await replica.AskAsync(++subject, Limit.ReadsPerAddress);
                var key = replica.Redis.Key($"limit:reads-per-address:{LimitSubject.Of([subject]).Hash([])}");
                return (await replica.Redis.TryAsync(database => database.KeyExistsAsync(key))).Value;
            });
        }
    }
}
