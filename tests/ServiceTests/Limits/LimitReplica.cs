using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PcBench.Backend.Limits;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Redis;

namespace PcBench.ServiceTests.Limits;

/// <summary>The limits of one replica, with a connection of its own.</summary>
internal sealed class LimitReplica : IAsyncDisposable
{
    private readonly ServiceProvider metrics = new ServiceCollection().AddMetrics().AddSingleton<BackendMetrics>().BuildServiceProvider();
    private readonly RedisServer redis;

    private LimitReplica(LimitOptions options, RedisOptions server, TimeProvider time)
    {
        redis = new RedisServer(Options.Create(server), TimeProvider.System, NullLogger<RedisServer>.Instance);
        Counts = new SharedCounts(redis, Options.Create(options), NullLogger<SharedCounts>.Instance);
        Limiter = new RateLimiter(Options.Create(options), Counts, metrics.GetRequiredService<BackendMetrics>(), time);
    }

    public RateLimiter Limiter { get; }

    public SharedCounts Counts { get; }

    public RedisServer Redis => redis;

    /// <param name="options">The limits.</param>
    /// <param name="redis">Address of Redis; null where there is none.</param>
    /// <param name="prefix">What replicas share, and tests do not.</param>
    /// <param name="time">The replica's own clock.</param>
    public static async Task<LimitReplica> StartAsync(LimitOptions options, string? redis = null, string prefix = "none:", TimeProvider? time = null)
    {
        var replica = new LimitReplica(options, new RedisOptions { Configuration = redis, Prefix = prefix }, time ?? TimeProvider.System);
        await replica.redis.StartAsync(TestContext.Current.CancellationToken);
        return replica;
    }

    public static string NewPrefix() => $"test-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}:";

    public ValueTask<LimitDecision> AskAsync(byte subject, Limit limit = Limit.SubmissionsPerKey) =>
        Limiter.AskAsync(limit, LimitSubject.Of([subject]), TestContext.Current.CancellationToken);

    /// <summary>Asks so often, all at once.</summary>
    /// <returns>How many passed.</returns>
    public async Task<int> PassedAsync(byte subject, int times, Limit limit = Limit.SubmissionsPerKey) =>
        (await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Task.Run(() => AskAsync(subject, limit).AsTask())))).Count(decision => decision.Passes);

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await metrics.DisposeAsync();
    }
}
