using System.Diagnostics;
using System.Text;
using PcBench.Backend.Features.Submissions;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Process;

/// <summary>The backend as it runs for real: a process of its own, on a port of its own.</summary>
internal sealed class BackendProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly System.Diagnostics.Process process;

    private BackendProcess(System.Diagnostics.Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The system's number for it.</summary>
    public int Id => process.Id;

    /// <param name="folder">Its data folder.</param>
    /// <param name="port">Where it listens; 0 for any that is free.</param>
    /// <param name="settings">More of its configuration: <c>Redis:Configuration</c> and so on.</param>
    public static async Task<BackendProcess> StartAsync(string folder, int port = 0, IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SubmissionOptions).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["Data__Folder"] = folder },
        };
        foreach (var (key, value) in settings ?? [])
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = new System.Diagnostics.Process { StartInfo = start, EnableRaisingEvents = true };
        var output = new StringBuilder();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            output.AppendLine(line.Data);
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(line.Data[(at + Listening.Length)..]));
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The backend ended before it listened: {output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new BackendProcess(process, await listening.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Runs a command of the backend to its end; it must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static Task<string> RunAsync(string command, IEnumerable<KeyValuePair<string, string?>> settings) => Programs.RunAsync([
        "env", .. settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}"),
        "dotnet", "exec", typeof(SubmissionOptions).Assembly.Location, .. command.Split(' ')]);

    /// <summary>Ends it as a power cut would: SIGKILL, no last word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
