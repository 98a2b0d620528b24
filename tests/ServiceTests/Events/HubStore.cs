using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PcBench.Backend.Features.Submissions;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using PcBench.ServiceTests.Servers;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Events;

/// <summary>A database with the schema, and a Redis: what the replicas of a test share.</summary>
internal sealed class HubStore : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly Outbox outbox = new(TimeProvider.System, new EventSignal(TimeProvider.System));
    private ConnectionMultiplexer? redis;

    private HubStore(PostgresServer server, string postgres, string redis)
    {
        this.server = server;
        (Postgres, Redis) = (postgres, redis);
        Database = new Database(PostgresSource.Create(postgres), Dialect.Postgres);
    }

    /// <summary>Connection string.</summary>
    public string Postgres { get; }

    /// <summary>Address of Redis.</summary>
    public string Redis { get; }

    /// <summary>Beginning of the keys.</summary>
    public string Prefix { get; } = $"{Guid.CreateVersion7():N}:";

    public RedisKey Stream => Prefix + "events";

    public Database Database { get; }

    /// <param name="redis">One of the test's own, where it is stopped or emptied; the one that all share otherwise.</param>
    public static async Task<HubStore> CreateAsync(RedisProcess? redis = null)
    {
        var servers = await TestServers.CurrentAsync();
        redis ??= await servers.RedisAsync();
        var postgres = await servers.PostgresAsync();
        var store = new HubStore(postgres, await postgres.CreateDatabaseAsync(), redis.Configuration);
        await new MigrationRunner(store.Database, TimeProvider.System, NullLogger<MigrationRunner>.Instance)
            .RunAsync(Migration.In(typeof(SubmissionOptions).Assembly, Dialect.Postgres), Cancel);
        return store;
    }

    /// <summary>For commands of the test itself.</summary>
    public async Task<IDatabase> RedisAsync() =>
        (redis ??= await ConnectionMultiplexer.ConnectAsync(Redis + ",abortConnect=false,allowAdmin=true")).GetDatabase();

    /// <summary>Empties Redis; for one of the test's own.</summary>
    public async Task FlushAsync() => await (await RedisAsync()).ExecuteAsync("FLUSHALL");

    /// <summary>Commits events, with numbers from <paramref name="first"/> as their subjects, in one transaction.</summary>
    public Task AddAsync(int count, int first = 0, string type = "thing.happened") => Database.WriteAsync(async (write, token) =>
    {
        await outbox.AddAsync(write, [.. Enumerable.Range(first, count).Select(n => new NewEvent(type, $"{n}", $$"""{"n":{{n}}}"""))], token);
        return true;
    }, Cancel);

    public async Task<long> CountAsync(string table) => (await Database.Sql($"select count(*) from {table}").NumberAsync(Cancel))!.Value;

    public Task OutboxIsEmptyAsync() => Client.UntilAsync(async () => await CountAsync("event") == 0);

    /// <summary>What a group has not acknowledged.</summary>
    public async Task<StreamPendingMessageInfo[]> PendingAsync(string group)
    {
        var database = await RedisAsync();
        return await database.KeyExistsAsync(Stream) && (await database.StreamGroupInfoAsync(Stream)).Any(there => there.Name == group)
            ? await database.StreamPendingMessagesAsync(Stream, group, 1_000, RedisValue.Null)
            : [];
    }

    /// <summary>Makes an entry look as if it had been tried so often, by that replica, the last time so long ago.</summary>
    public async Task PretendAsync(string group, string replica, RedisValue id, int attempts, TimeSpan ago) =>
        await (await RedisAsync()).ExecuteAsync(
            "XCLAIM", Stream, group, replica, 0, id, "IDLE", (long)ago.TotalMilliseconds, "RETRYCOUNT", attempts, "JUSTID");

    public async ValueTask DisposeAsync()
    {
        if (redis is not null)
            await redis.DisposeAsync();
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await server.DropDatabaseAsync(Postgres);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
