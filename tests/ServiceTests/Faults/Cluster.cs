using System.Globalization;
using Npgsql;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Faults;

/// <summary>The service as it runs in production: three replicas over PostgreSQL that waits for its disk, Redis and S3 behind a proxy.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int Size = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-faults-").FullName;
    private readonly int[] ports = [.. Enumerable.Range(0, Size).Select(_ => Ports.Free())];
    private readonly BackendProcess?[] replicas = new BackendProcess?[Size];
    private string connectionString = "";
    private Dictionary<string, string?> settings = [];
    private ConnectionMultiplexer? redisClient;

    public required PostgresServer Postgres { get; init; }

    public required RedisProcess Redis { get; init; }

    public required S3Bucket Bucket { get; init; }

    /// <summary>Stands before the object store.</summary>
    public required TcpProxy Proxy { get; init; }

    /// <summary>Of the replicas; each keeps its own over its restarts.</summary>
    public IReadOnlyList<Uri> Addresses => [.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))];

    /// <summary>For what the tests themselves do with Redis. It may break when Redis is stopped, and comes back by itself.</summary>
    public IDatabase RedisDatabase => redisClient!.GetDatabase();

    public static async Task<Cluster> StartAsync(S3Server s3)
    {
        var bucket = await s3.CreateBucketAsync();
        var cluster = new Cluster
        {
            Postgres = await PostgresServer.StartAsync(durable: true),
            Redis = await RedisProcess.StartAsync(),
            Bucket = bucket,
            Proxy = TcpProxy.To(s3.Endpoint.Host, s3.Endpoint.Port),
        };
        await cluster.StartReplicasAsync();
        return cluster;
    }

    public async Task KillAsync(int replica)
    {
        using var process = replicas[replica]!;
        await process.KillAsync();
        replicas[replica] = null;
    }

    public async Task StartAgainAsync(int replica) => replicas[replica] = await BackendProcess.StartAsync(folder, ports[replica], settings);

    /// <returns>The replica that does what only one may do, as the store knows it.</returns>
    public async Task<int> HolderAsync(string role)
    {
        await using var store = await OpenAsync();
        await using var command = new NpgsqlCommand("select holder from lease where role = @role", store);
        command.Parameters.AddWithValue("role", role);
        return await command.ExecuteScalarAsync() is string holder ? Array.FindIndex(replicas, process => process is not null && IsOf(holder, process.Id)) : -1;
    }

    /// <summary>Runs a command of the backend on the same stores.</summary>
    public Task<string> RunAsync(string command) => BackendProcess.RunAsync(command, settings);

    /// <summary>A connection of one's own, which no restart has broken yet.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var store = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, store);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<List<string>> TextsAsync(string sql, NpgsqlConnection? on = null)
    {
        await using var own = on is null ? await OpenAsync() : null;
        await using var command = new NpgsqlCommand(sql, on ?? own);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> texts = [];
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            texts.Add(rows.GetString(0));
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
            replica?.Dispose();
        if (redisClient is not null)
            await redisClient.DisposeAsync();
        await Proxy.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
        await Bucket.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartReplicasAsync()
    {
        var database = await Postgres.CreateDatabaseAsync();
        connectionString = new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString;
        settings = S3Bucket.SettingsOf(Bucket.Through(Proxy));
        settings["Data:Postgres"] = database;
        settings["Redis:Configuration"] = Redis.Configuration;
        settings["Logging:LogLevel:Default"] = "Warning";
        settings["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information"; // says where it listens
        await RunAsync("migrate");
        redisClient = await ConnectionMultiplexer.ConnectAsync($"{Redis.Configuration},allowAdmin=true,abortConnect=false");
        await Task.WhenAll(Enumerable.Range(0, Size).Select(StartAgainAsync));
    }

    private static bool IsOf(string holder, int processId) => holder.Contains($"-{processId.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal);
}
