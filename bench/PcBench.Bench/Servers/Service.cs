using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Servers;

/// <summary>
/// The whole service on this machine: PostgreSQL, Redis, an object store, and replicas as real processes. It is stopped and
/// removed when it is disposed of.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly string backend;
    private readonly string folder = ServerFolder.New("data");
    private readonly List<IAsyncDisposable> parts = [];
    private RedisProcess redis = null!;
    private ObjectStore? store;

    private Service(string backend) => this.backend = backend;

    public Postgres Postgres { get; private set; } = null!;

    /// <summary>Starts what replicas need.</summary>
    /// <param name="backend">Path of the backend's assembly, or of a program; null for the one that was built here.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Service> StartAsync(string? backend, CancellationToken cancel)
    {
        var service = new Service(backend ?? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish/PcBench.Backend/release_linux-x64/PcBench.Backend.dll")));
        try
        {
            service.Postgres = service.Kept(await Postgres.StartAsync());
            service.redis = service.Kept(await RedisProcess.StartAsync());
            service.store = await ObjectStore.CreateAsync(cancel);
            if (service.store is not null)
                service.Kept(service.store);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database with the backend's tables.</summary>
    public async Task MigrateAsync(string database, CancellationToken cancel)
    {
        await Postgres.CreateAsync(database, cancel);
        await Programs.RunAsync([.. DotnetProcess.Command([.. Backend, "migrate"], Settings(database, Ports.Free()))]);
    }

    /// <summary>Starts a replica on a database.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="more">More of its environment.</param>
    public async Task<DotnetProcess> StartReplicaAsync(string database, params IEnumerable<(string Key, string Value)> more)
    {
        var port = Ports.Free();
        var settings = Settings(database, port);
        foreach (var (key, value) in more)
            settings[key] = value;
        return Kept(await DotnetProcess.StartAsync(Backend, port, settings));
    }

    /// <summary>The setting, for the report.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancel)
    {
        var cpu = (await File.ReadAllLinesAsync("/proc/cpuinfo", cancel)).First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
        return $"""
            one machine for all: {Environment.ProcessorCount} x {cpu}
            {await Postgres.DescribeAsync(cancel)}
            Redis: yes; {store?.Description ?? "documents in a folder: the environment names no S3 store"}
            """;
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = parts.Count - 1; i >= 0; i--)
            await parts[i].DisposeAsync();
        parts.Clear();
        ServerFolder.Remove();
    }

    private string[] Backend => backend.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", backend] : [backend];

    // All replicas of a database share its folder, which is there only where there is no object store.
    private Dictionary<string, string> Settings(string database, int port) => new(store?.Settings ?? new Dictionary<string, string>())
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        ["Data__Postgres"] = Postgres.ConnectionString(database),
        ["Data__Folder"] = Path.Combine(folder, database),
        ["Redis__Configuration"] = redis.Configuration,
        ["Redis__Prefix"] = $"{database}:",
    };

    private T Kept<T>(T part)
        where T : IAsyncDisposable
    {
        parts.Add(part);
        return part;
    }
}
