using Microsoft.Extensions.Options;
using Npgsql;
using PcBench.Ml.Registry;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Ml;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;
using PcBench.ServiceTests.Telemetry;

namespace PcBench.ServiceTests.Observe;

/// <summary>A contour as it runs in a cluster: backend, ml-service and page, PostgreSQL and the object store behind proxies, and exporters.</summary>
internal sealed class WatchedContour : IAsyncDisposable
{
    private readonly string folder = ServerFolder.New("contour");
    private readonly int backendPort = Ports.Free();
    private readonly int mlPort = Ports.Free();
    private SharedStore store = null!;
    private Dictionary<string, string?> settings = [];
    private ModelRegistry registry = null!;
    private BackendProcess? backend;
    private MlProcess? ml;
    private NginxServer page = null!;
    private Exporter postgresFigures = null!;
    private Exporter redisFigures = null!;

    private WatchedContour(string name) => Name = name;

    public string Name { get; }

    /// <summary>Of the backend.</summary>
    public Uri Address => new($"http://127.0.0.1:{backendPort}");

    /// <summary>Of the page.</summary>
    public Uri Page => page.Address;

    /// <summary>Stands before PostgreSQL.</summary>
    public TcpProxy PostgresProxy { get; private set; } = null!;

    /// <summary>Stands before the object store; null where the environment names none.</summary>
    public TcpProxy? S3Proxy { get; private set; }

    /// <summary>Past the proxy.</summary>
    public string Postgres => store.Postgres;

    /// <summary>For <c>p25 observe render --target</c>.</summary>
    public string[] Targets =>
    [
        $"{Name}/backend=127.0.0.1:{backendPort}", $"{Name}/ml-service=127.0.0.1:{mlPort}", $"{Name}/frontend=127.0.0.1:{page.MetricsPort}",
        $"{Name}/postgres=127.0.0.1:{postgresFigures.Port}", $"{Name}/redis=127.0.0.1:{redisFigures.Port}",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<WatchedContour> StartAsync(string name, TestServers servers, TrainedOnce once)
    {
        var contour = new WatchedContour(name);
        var (postgres, redis) = (await servers.PostgresAsync(), await servers.RedisAsync());
        contour.page = await NginxServer.StartAsync(name); // skips before anything else is made
        contour.postgresFigures = await Exporter.OfPostgresAsync(postgres);
        contour.redisFigures = await Exporter.OfRedisAsync(redis);
        contour.PostgresProxy = TcpProxy.To(postgres.Host, postgres.Port);
        await contour.MakeStoreAsync(await servers.BucketAsync());
        await contour.MakeModelsAsync(once);
        await contour.StartMlAsync();
        await contour.StartBackendAsync();
        return contour;
    }

    public async Task StartMlAsync() => ml = await MlProcess.StartAsync(
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{mlPort}"), ("Telemetry__Contour", Name), ("Data__Folder", folder), ("Ml__ReloadSeconds", "1"));

    /// <summary>Ends the ml-service as a crash does.</summary>
    public void KillMl() => ml!.Dispose();

    /// <summary>Activates the model that is new, or the one that was trained long ago; the service takes it within seconds.</summary>
    public Task ActivateAsync(bool stale) => registry.ActivateAsync(stale ? StaleModel : FreshModel, Cancel);

    /// <summary>Runs a statement in its database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Nobody can write results for some seconds at a time, until it is told to stop.</summary>
    public Task KeepLockedAsync(int seconds, CancellationToken stop) => Task.Run(
        async () =>
        {
            while (!stop.IsCancellationRequested)
                await ExecuteAsync($"begin; lock table result in exclusive mode; select pg_sleep({seconds}); commit");
        },
        CancellationToken.None);

    /// <summary>Runs a command of its backend.</summary>
    public Task<string> RunAsync(string command) => BackendProcess.RunAsync(command, settings);

    public async ValueTask DisposeAsync()
    {
        backend?.Dispose();
        ml?.Dispose();
        foreach (var one in (IAsyncDisposable?[])[page, postgresFigures, redisFigures, PostgresProxy, S3Proxy])
        {
            if (one is not null)
                await one.DisposeAsync();
        }

        if (store is not null)
            await store.RemoveAsync();
    }

    private string FreshModel { get; set; } = "";

    private string StaleModel { get; set; } = "";

    private async Task StartBackendAsync() => backend = await BackendProcess.StartAsync(folder, backendPort, settings);

    private async Task MakeStoreAsync(S3Bucket? bucket)
    {
        store = await SharedStore.NewAsync();
        var through = new NpgsqlConnectionStringBuilder(store.Postgres) { Host = "127.0.0.1", Port = PostgresProxy.Port };
        settings = new Dictionary<string, string?>(store.Settings)
        {
            ["Data:Postgres"] = through.ConnectionString,
            ["Telemetry:Contour"] = Name,
            ["Telemetry:LogFormat"] = "text",
            ["Ml:Url"] = $"http://127.0.0.1:{mlPort}",
            ["Limits:SubmissionsPerKey"] = "5", // others have keys of their own
        };
        if (bucket is null)
            return;
        var endpoint = new Uri(bucket.Options.Endpoint!);
        S3Proxy = TcpProxy.To(endpoint.Host, endpoint.Port);
        foreach (var (key, value) in S3Bucket.SettingsOf(bucket.Through(S3Proxy)))
            settings[key] = value;
    }

    private async Task MakeModelsAsync(TrainedOnce once)
    {
        registry = new ModelRegistry(new FolderBlobStore(Path.Combine(folder, "blobs"), TimeProvider.System), Options.Create(new ModelOptions()));
        FreshModel = await StoreAsync(once.Trained.File, TimeProvider.System.GetUtcNow());
        StaleModel = await StoreAsync(once.Trained.File with { Examples = [] }, DateTimeOffset.UnixEpoch);
        await ActivateAsync(stale: false);

        async Task<string> StoreAsync(ModelFile file, DateTimeOffset trained)
        {
            var bytes = file.ToBytes();
            var card = once.Trained.Card with { Version = ModelRegistry.VersionOf(bytes), Date = trained };
            await registry.StoreAsync(bytes, card, "report", Cancel);
            return card.Version;
        }
    }
}
