using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PcBench.Ml.Features.Assess;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>The ml-service as it runs for real: what both services share is tried on the smaller one.</summary>
internal sealed partial class MlProcess : IDisposable
{
    private readonly System.Diagnostics.Process process;
    private readonly List<string> lines;

    private MlProcess(System.Diagnostics.Process process, List<string> lines, Uri address)
    {
        (this.process, this.lines, Address) = (process, lines, address);
        Http = NewClient(address);
    }

    public Uri Address { get; }

    /// <summary>Opens a connection for each request.</summary>
    public HttpClient Http { get; }

    public static async Task<MlProcess> StartAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Suspicion).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var process = new System.Diagnostics.Process { StartInfo = start, EnableRaisingEvents = true };
        List<string> lines = [];
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            lock (lines)
                lines.Add(line.Data);
            if (Listening().Match(line.Data) is { Success: true } address)
                listening.TrySetResult(new Uri($"http://127.0.0.1:{address.Groups[1].Value}"));
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The service ended before it listened."));
        process.Start();
        process.BeginOutputReadLine();
        return new MlProcess(process, lines, await listening.Task.WaitAsync(Cancel));
    }

    public static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address };

    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tells it to stop, as an orchestrator does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await kill.WaitForExitAsync(Cancel);
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }

    public string[] Lines()
    {
        lock (lines)
            return [.. lines];
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"listening on: http://[^ ]+:(\d+)")]
    private static partial Regex Listening();
}
