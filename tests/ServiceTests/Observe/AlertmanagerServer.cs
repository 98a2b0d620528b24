using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>Debian's Alertmanager on a configuration that <c>p25 observe render</c> made.</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private readonly ServerProcess process;

    private AlertmanagerServer(ServerProcess process, int port) => (this.process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <param name="folder">Of the rendered files; <c>alertmanager/alertmanager.yml</c> is in it.</param>
    /// <param name="port">Where Prometheus was told that it is.</param>
    public static async Task<AlertmanagerServer> StartAsync(string folder, int port)
    {
        var program = Requirement.FindProgram("prometheus-alertmanager") ?? Requirement.FindProgram("alertmanager");
        if (program is null)
            Requirement.Missing("prometheus-alertmanager is not installed (Debian: apt-get install prometheus-alertmanager).");
        return new AlertmanagerServer(await ServerProcess.StartAsync(
            [program, $"--config.file={folder}/alertmanager/alertmanager.yml", $"--storage.path={folder}/alerts", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            "TERM", "Listening on", folder), port);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
