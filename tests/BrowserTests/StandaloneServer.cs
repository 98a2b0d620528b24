using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PcBench.BrowserTests;

/// <summary>The standalone program in a process of its own, on folders of its own: as its user starts it.</summary>
public sealed class StandaloneServer : IAsyncDisposable
{
    private static readonly string Program = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../PcBench.Standalone", new DirectoryInfo(AppContext.BaseDirectory).Name, "pcbench-standalone.dll"));

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-browser-").FullName;
    private readonly StringBuilder log = new();
    private Process? process;

    /// <summary>Key of its administrator.</summary>
    public const string AdminKey = "0123456789abcdef0123456789abcdef";

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Page of the result that <c>--bench</c> submitted.</summary>
    public Uri? BenchPage { get; private set; }

    /// <summary>The key that owns what is measured and submitted here.</summary>
    public ECDsa OwnerKey()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(folder, "home", "key.pem")));
        return key;
    }

    /// <summary>File of a result that was measured here.</summary>
    public string ResultFile(string id) => Path.Combine(folder, "home", "results", id + ".json");

    /// <summary>Starts it and waits until it has said its address; with <paramref name="bench"/>, until this PC was measured.</summary>
    public async Task StartAsync(bool bench)
    {
        string[] options = ["--port", "0", "--data", Path.Combine(folder, "data"), .. bench ? (string[])["--bench"] : []];
        process = Start(options);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Read(line.Data, bench, ready);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(TimeSpan.FromMinutes(4)) == ended)
            throw new InvalidOperationException($"The standalone ended with {process.ExitCode}:\n{log}");
    }

    /// <summary>Runs a command of the command line that is carried within.</summary>
    /// <returns>What it wrote to stdout.</returns>
    public async Task<string> CliAsync(params string[] words)
    {
        using var cli = Start(["cli", .. words]);
        var errors = cli.StandardError.ReadToEndAsync();
        var data = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        cli.ExitCode.ShouldBe(0, await errors);
        return data.Trim();
    }

    /// <summary>Stops it without a word and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync(bench: false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    private Process Start(string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["PCBENCH_HOME"] = Path.Combine(folder, "home"), ["Admin__Key"] = AdminKey },
        };
        return Process.Start(start)!;
    }

    private void Read(string? line, bool bench, TaskCompletionSource ready)
    {
        Log(line);
        if (AfterLabel(line, "PcBench is at ") is { } address)
        {
            Address = address;
            if (!bench)
                ready.TrySetResult();
        }
        else if (AfterLabel(line, "This PC: ") is { } page)
        {
            BenchPage = page;
            ready.TrySetResult();
        }
    }

    private static Uri? AfterLabel(string? line, string label) =>
        line is not null && line.StartsWith(label, StringComparison.Ordinal) && Uri.TryCreate(line[label.Length..], UriKind.Absolute, out var uri) ? uri : null;

    private void Log(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
