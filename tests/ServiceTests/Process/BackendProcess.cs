using System.Diagnostics;
using System.Text;
using PcBench.Backend.Features.Submissions;

namespace PcBench.ServiceTests.Process;

/// <summary>The backend as it runs for real: a process of its own, on a port of its own.</summary>
internal sealed class BackendProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly System.Diagnostics.Process process;

    private BackendProcess(System.Diagnostics.Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<BackendProcess> StartAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SubmissionOptions).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Data__Folder"] = folder },
        };
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
