using System.Text;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>nginx with the settings of the frontend's image, at other ports and in another folder.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly string folder;

    private NginxServer(ServerProcess process, string folder, int port, int metricsPort) =>
        (this.process, this.folder, Address, MetricsPort) = (process, folder, new Uri($"http://127.0.0.1:{port}"), metricsPort);

    public Uri Address { get; }

    public int MetricsPort { get; }

    public static async Task<NginxServer> StartAsync(string contour)
    {
        var program = Requirement.FindProgram("nginx", "/usr/sbin");
        if (program is null)
            Requirement.Missing("nginx is not installed (Debian: apt-get install nginx-light).");
        var folder = ServerFolder.New("nginx");
        Directory.CreateDirectory(Path.Combine(folder, "contour"));
        await File.WriteAllTextAsync(Path.Combine(folder, "contour/contour.map"), $"contour {contour};"); // as the chart's ConfigMap has it
        var (port, drainPort, metricsPort) = (Ports.Free(), Ports.Free(), Ports.Free());
        var settings = (await File.ReadAllTextAsync(Repository.Path("deploy/nginx/nginx.conf")))
            .Replace(" /tmp/", $" {folder}/", StringComparison.Ordinal)
            .Replace("listen 8080", $"listen 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("listen 8081", $"listen 127.0.0.1:{drainPort}", StringComparison.Ordinal)
            .Replace("listen 9090", $"listen 127.0.0.1:{metricsPort}", StringComparison.Ordinal)
            .Replace("/etc/pcbench/contour/", $"{folder}/contour/", StringComparison.Ordinal)
            .Replace("/etc/pcbench/headers.conf", Repository.Path("deploy/nginx/headers.conf"), StringComparison.Ordinal)
            .Replace("root /app", $"root {folder}", StringComparison.Ordinal)
            .Replace("access_log /dev/stdout", $"access_log {folder}/access.log", StringComparison.Ordinal)
            .Replace("error_log /dev/stderr warn", "error_log stderr notice", StringComparison.Ordinal) // it says there that it has started
            .Replace("error_log /dev/stderr", "error_log stderr", StringComparison.Ordinal)
            .Replace("@VERSION@", "0.1.0", StringComparison.Ordinal)
            .Replace("@COMMIT@", "abcdef", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), settings);
        var process = await ServerProcess.StartAsync([program, "-p", folder, "-c", $"{folder}/nginx.conf", "-g", "daemon off;"], "TERM", "start worker process", folder);
        return new NginxServer(process, folder, port, metricsPort);
    }

    /// <summary>What it logged of its requests; it must be UTF-8.</summary>
    public string[] Lines() => File.ReadAllLines(Path.Combine(folder, "access.log"), new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>What it wrote of itself.</summary>
    public string Log => process.Log;

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
