using System.Globalization;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Servers;

/// <summary>A Redis server: a process of our own that keeps nothing, or one that is there for tests.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly string? folder;
    private readonly int port;
    private ServerProcess? process;

    private RedisProcess(string configuration) => Configuration = configuration;

    private RedisProcess(string folder, int port)
    {
        this.folder = folder;
        this.port = port;
        Configuration = $"127.0.0.1:{port}";
    }

    /// <summary>Address and settings, as StackExchange.Redis reads them. Tests share it: each has a prefix of its own.</summary>
    public string Configuration { get; }

    /// <summary>Port, where it is a process of our own.</summary>
    public int Port => port;

    /// <summary>The server of <c>PCBENCH_TEST_REDIS</c>, or one of our own. It is for all tests: it must not be stopped.</summary>
    internal static async Task<RedisProcess> SharedAsync() =>
        Requirement.Setting("PCBENCH_TEST_REDIS") is { } given ? new RedisProcess(given) : await StartAsync();

    /// <summary>Starts a server of one's own, to be stopped, killed and paused.</summary>
    public static async Task<RedisProcess> StartAsync()
    {
        _ = Program(); // skips before anything is made
        var server = new RedisProcess(ServerFolder.New("redis"), Ports.Free());
        Directory.CreateDirectory(server.folder!);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Stops it; what was in it is gone. One that is paused cannot be stopped, but killed.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it without a last word.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>It keeps its connections and takes new ones, and answers nothing.</summary>
    public Task PauseAsync() => Own().SignalAsync("STOP");

    /// <summary>It goes on, with what was sent meanwhile.</summary>
    public Task ResumeAsync() => Own().SignalAsync("CONT");

    /// <summary>From now on its memory is full: it answers, and takes nothing more.</summary>
    public Task FillAsync() => ConfigureAsync("1");

    /// <summary>It has room again.</summary>
    public Task EmptyAgainAsync() => ConfigureAsync("0");

    /// <summary>How many commands it refused for want of memory.</summary>
    public async Task<long> RefusedAsync()
    {
        await using var connection = await ConnectAsync();
        var errors = (await connection.GetServers()[0].InfoAsync("errorstats")).SelectMany(section => section);
        return errors.FirstOrDefault(error => error.Key == "errorstat_OOM").Value is { } count ? long.Parse(count["count=".Length..], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Starts it after it was stopped or killed, empty, on the same port.</summary>
    public async Task StartAgainAsync() => process = await ServerProcess.StartAsync(
        [Program(), "--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--dir", folder!], "TERM", "Ready to accept connections", folder!);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task ConfigureAsync(string maxMemory)
    {
        await using var connection = await ConnectAsync();
        await connection.GetServers()[0].ConfigSetAsync("maxmemory", maxMemory);
    }

    private Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Configuration + ",allowAdmin=true");

    private async Task EndAsync(string signal)
    {
        await using var own = Own();
        process = null;
        await own.EndAsync(signal);
    }

    private ServerProcess Own() => process ?? throw new InvalidOperationException("Only a server that runs and that the test started itself is stopped or paused.");

    private static string Program()
    {
        var path = OperatingSystem.IsWindows() ? null : Requirement.FindProgram("redis-server") ?? Requirement.FindProgram("valkey-server");
        if (path is null)
            Requirement.Missing("redis-server is not installed (Debian: apt-get install redis-server). Or set PCBENCH_TEST_REDIS to host:port of a server for tests.");
        return path;
    }
}
