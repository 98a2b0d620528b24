using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>A program that shows Prometheus the figures of a server that has none of its own.</summary>
internal sealed class Exporter : IAsyncDisposable
{
    private readonly ServerProcess process;

    private Exporter(ServerProcess process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static Task<Exporter> OfPostgresAsync(PostgresServer server) => StartAsync("prometheus-postgres-exporter", "Listening on", port =>
        ["env", $"DATA_SOURCE_NAME=postgresql://postgres@{server.Host}:{server.Port}/postgres?sslmode=disable", "prometheus-postgres-exporter", $"--web.listen-address=127.0.0.1:{port}"]);

    public static Task<Exporter> OfRedisAsync(RedisProcess server) => StartAsync("prometheus-redis-exporter", "Providing metrics at", port =>
        ["prometheus-redis-exporter", $"-redis.addr=redis://{server.Configuration.Split(',')[0]}", $"-web.listen-address=127.0.0.1:{port}"]);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<Exporter> StartAsync(string program, string ready, Func<int, IEnumerable<string>> command)
    {
        if (Requirement.FindProgram(program) is null)
            Requirement.Missing($"{program} is not installed (Debian: apt-get install {program}).");
        var port = Ports.Free();
        return new Exporter(await ServerProcess.StartAsync(command(port), "TERM", ready, Path.GetTempPath()), port);
    }
}
