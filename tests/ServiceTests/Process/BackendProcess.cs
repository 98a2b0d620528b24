using System.Diagnostics;
using System.Text.RegularExpressions;
using PcBench.Backend.Features.Submissions;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Process;

/// <summary>The backend as it runs for real: a process of its own, on a port of its own.</summary>
internal sealed partial class BackendProcess : IDisposable
{
    private readonly System.Diagnostics.Process process;
    private readonly List<string> lines;

    private BackendProcess(System.Diagnostics.Process process, List<string> lines, Uri address) => (this.process, this.lines, Address) = (process, lines, address);

    public Uri Address { get; }

    /// <summary>The system's number for it.</summary>
    public int Id => process.Id;

    /// <summary>What it has logged.</summary>
    public string[] Lines()
    {
        lock (lines)
            return [.. lines];
    }

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
        List<string> lines = [];
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The backend ended before it listened: {string.Join('\n', lines)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new BackendProcess(process, lines, await listening.Task.WaitAsync(TestContext.Current.CancellationToken));

        void Read(string? line)
        {
            if (line is null)
                return;
            lock (lines)
                lines.Add(line);
            if (Listening().Match(line) is { Success: true } found)
                listening.TrySetResult(new Uri(found.Groups[1].Value));
        }
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

    // As text, or within an object.
    [GeneratedRegex("Now listening on: (http://[^ \"]+)")]
    private static partial Regex Listening();
}
