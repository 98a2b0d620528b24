using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace PcBench.Platform.Redis;

/// <summary>
/// The connection to Redis, which may be away at any time. Callers ask for <see cref="Database"/> and have an answer for null;
/// nothing waits for a server that does not answer.
/// </summary>
public sealed partial class RedisServer(IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisServer> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly string[] Refusals = ["LOADING ", "READONLY ", "MASTERDOWN ", "OOM ", "MISCONF ", "NOREPLICAS "];

    private ConnectionMultiplexer? connection;
    private long restUntil;

    /// <summary>Whether there is a Redis at all.</summary>
    public bool IsConfigured => options.Value.IsConfigured;

    /// <summary>Whether it answers, as far as is known.</summary>
    public bool IsUp => connection is { IsConnected: true } && time.GetTimestamp() >= Volatile.Read(ref restUntil);

    /// <summary>For commands; null where there is no Redis or it does not answer.</summary>
    public IDatabase? Database => IsUp ? connection!.GetDatabase() : null;

    /// <summary>For messages to all replicas; null where there is no Redis.</summary>
    public ISubscriber? Subscriber => connection?.GetSubscriber();

    /// <summary>A key with this installation's prefix.</summary>
    public RedisKey Key(string name) => options.Value.Prefix + name;

    /// <summary>Does something with Redis, or says that it could not.</summary>
    /// <returns>What came back, and whether it did.</returns>
    public async Task<(bool Done, T? Value)> TryAsync<T>(Func<IDatabase, Task<T>> work)
    {
        if (Database is not { } database)
            return (false, default);
        try
        {
            return (true, await work(database));
        }
        catch (Exception error) when (IsOutage(error))
        {
            Failed(error);
            return (false, default);
        }
    }

    /// <summary>
    /// Whether an exception means that Redis is away, and not that a command was wrong. One that takes nothing, for its memory or
    /// its disk is full, or that waits for its copies, is as good as away.
    /// </summary>
    public static bool IsOutage(Exception error) =>
        error is RedisConnectionException or RedisTimeoutException or TimeoutException or ObjectDisposedException
        || error is RedisServerException { Message: var text } && Array.Exists(Refusals, refusal => text.StartsWith(refusal, StringComparison.Ordinal));

    /// <summary>Tells that a command failed because Redis is away. For a moment nobody else tries, so that not every request waits.</summary>
    public void Failed(Exception error)
    {
        if (!IsUp)
            return;
        Volatile.Write(ref restUntil, time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency));
        Log.Away(logger, error.GetType().Name);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
            return;
        var configuration = ConfigurationOptions.Parse(options.Value.Configuration!);
        configuration.AbortOnConnectFail = false; // it is tried again for as long as the process lives
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, 2_000);
        configuration.AsyncTimeout = Math.Min(configuration.AsyncTimeout, 1_000);
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        configuration.ClientName ??= "pcbench";
        connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        connection.ConnectionFailed += (_, failed) => Log.Lost(logger, failed.FailureType);
        connection.ConnectionRestored += (_, _) => Log.Back(logger);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer ({Error})")]
        public static partial void Away(ILogger logger, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis was lost ({Type})")]
        public static partial void Lost(ILogger logger, ConnectionFailureType type);

        [LoggerMessage(Level = LogLevel.Information, Message = "The connection to Redis is back")]
        public static partial void Back(ILogger logger);
    }
}
