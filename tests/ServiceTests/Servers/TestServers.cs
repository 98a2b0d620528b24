using Npgsql;
using PcBench.ServiceTests.Servers;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace PcBench.ServiceTests.Servers;

/// <summary>
/// The servers that all tests share. Each starts when a test asks for it first, and stops at the end of the run. A test class
/// takes this in its constructor; what has no constructor of its own asks for <see cref="CurrentAsync"/>.
/// </summary>
public sealed class TestServers : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> postgres = new(PostgresServer.SharedAsync);
    private readonly Lazy<Task<RedisProcess>> redis = new(RedisProcess.SharedAsync);
    private readonly Lazy<S3Server> s3 = new(S3Server.FromEnvironment);
    private readonly Lazy<Task<string>> template;
    private readonly Lazy<Task<S3Bucket?>> bucket;

    public TestServers()
    {
        template = new(MakeTemplateAsync);
        bucket = new(MakeBucketAsync);
    }

    /// <summary>PostgreSQL; skips or fails the test where there is none.</summary>
    public Task<PostgresServer> PostgresAsync() => postgres.Value;

    /// <summary>Redis; skips or fails the test where there is none.</summary>
    public Task<RedisProcess> RedisAsync() => redis.Value;

    /// <summary>The object store; skips or fails the test where there is none.</summary>
    public S3Server S3 => s3.Value;

    /// <summary>Name of a database that is up to date and empty, to be copied: migrating each anew would take longer than most tests.</summary>
    public Task<string> TemplateAsync() => template.Value;

    /// <summary>A bucket that backends share, for their documents have names that nothing else has; null where there is no object store.</summary>
    public Task<S3Bucket?> BucketAsync() => bucket.Value;

    /// <summary>Those of this run.</summary>
    public static async ValueTask<TestServers> CurrentAsync() => (await TestContext.Current.GetFixture<TestServers>())!;

    public async ValueTask DisposeAsync()
    {
        if (bucket is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && await bucket.Value is { } made)
            await made.DisposeAsync();
        if (postgres is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await postgres.Value).DisposeAsync();
        if (redis is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await redis.Value).DisposeAsync();
        ServerFolder.Remove();
    }

    private async Task<string> MakeTemplateAsync()
    {
        var connectionString = await (await PostgresAsync()).CreateDatabaseAsync();
        await SharedStore.MigrateAsync(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }

    private async Task<S3Bucket?> MakeBucketAsync() =>
        Requirement.Setting("AWS_ENDPOINT_URL") is null ? null : await S3.CreateBucketAsync();
}
