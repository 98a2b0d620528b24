using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Backend.Features.Service;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests.Servers;

/// <summary>What the replicas of one backend share.</summary>
/// <param name="Postgres">Connection string of a database that is up to date.</param>
/// <param name="Redis">Address of Redis; null where there is none.</param>
/// <param name="S3">Bucket of the documents; null where they are in a folder.</param>
public sealed record SharedStore(string Postgres, string? Redis, S3Options? S3)
{
    private PostgresServer? server;

    /// <summary>Beginning of its keys, for all tests share one Redis.</summary>
    public string Prefix { get; } = $"test-{Guid.CreateVersion7():N}:";

    /// <summary>All of it as configuration.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(S3 is null ? [] : S3Bucket.SettingsOf(S3))
    {
        ["Data:Postgres"] = Postgres,
        ["Redis:Configuration"] = Redis,
        ["Redis:Prefix"] = Prefix,
    };

    /// <summary>One with a new database on the servers that all tests share.</summary>
    /// <param name="redis">A Redis of the test's own, to be stopped.</param>
    public static async Task<SharedStore> NewAsync(RedisProcess? redis = null)
    {
        var servers = await TestServers.CurrentAsync();
        var postgres = await servers.PostgresAsync();
        var database = await postgres.CreateDatabaseAsync(await servers.TemplateAsync());
        return new SharedStore(database, (redis ?? await servers.RedisAsync()).Configuration, (await servers.BucketAsync())?.Options) { server = postgres };
    }

    /// <summary>Removes the database that was made for it: a hundred of them would fill the disk.</summary>
    public Task RemoveAsync() => server?.DropDatabaseAsync(Postgres) ?? Task.CompletedTask;

    /// <summary>Brings a database up to date, as <c>backend migrate</c> does.</summary>
    /// <returns>Names of the steps that ran now.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString)
    {
        await using var database = new Database(PostgresSource.Create(connectionString), Dialect.Postgres);
        var runner = new MigrationRunner(database, TimeProvider.System, NullLogger<MigrationRunner>.Instance);
        return await new StoreSchema(database, runner).MigrateAsync(CancellationToken.None);
    }
}
