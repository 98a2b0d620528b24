using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PcBench.ServiceTests.Servers;

/// <summary>A server in a process that ends with the one that runs the tests, however that ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The shell between holds the other end of a pipe; when that closes, because we stop or are gone, it stops the server.
    // It says the server's process id first and ends after it. $1 is the signal, the rest is the server.
    private const string Keeper = """
        signal=$1; shift
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        echo "$server"
        { read -r _; kill -s "$signal" "$server"; kill -s CONT "$server"; } <&3 >/dev/null 2>&1 &
        watch=$!
        exec 3<&- </dev/null
        wait "$server"
        status=$?
        kill "$watch" 2>/dev/null
        exit "$status"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly System.Diagnostics.Process keeper;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<int> id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string readyText;

    private ServerProcess(ProcessStartInfo start, string readyText)
    {
        this.readyText = readyText;
        keeper = new System.Diagnostics.Process { StartInfo = start };
        keeper.OutputDataReceived += (_, line) => Read(line.Data);
        keeper.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    /// <summary>What it has written.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="command">The program and its arguments; it must stay in the foreground.</param>
    /// <param name="stopSignal">The signal that stops it at once.</param>
    /// <param name="readyText">What it writes when it answers.</param>
    /// <param name="folder">Its working folder; it exists.</param>
    public static async Task<ServerProcess> StartAsync(IEnumerable<string> command, string stopSignal, string readyText, string folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", Keeper, "keeper", stopSignal, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var server = new ServerProcess(start, readyText);
        server.keeper.Start();
        server.keeper.BeginOutputReadLine();
        server.keeper.BeginErrorReadLine();
        try
        {
            var ended = server.ExitedAsync();
            if (await Task.WhenAny(server.ready.Task, ended).WaitAsync(Patience) == ended)
                throw new InvalidOperationException($"The server ended before it answered: {server.Log}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when it and all that it started are gone: they hold the pipe of its log.</summary>
    public Task ExitedAsync() => keeper.WaitForExitAsync();

    /// <summary>Sends it a signal by name.</summary>
    public async Task SignalAsync(string signal) => await Programs.RunAsync("kill", "-s", signal, (await id.Task).ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends it a signal that ends it and waits until it is gone.</summary>
    public async Task EndAsync(string signal)
    {
        await SignalAsync(signal);
        await ExitedAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        try
        {
            await ExitedAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            await EndAsync("KILL"); // it did not mind its signal
        }

        keeper.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        if (!id.Task.IsCompleted && int.TryParse(line, CultureInfo.InvariantCulture, out var number))
        {
            id.TrySetResult(number);
            return;
        }

        lock (log)
            log.AppendLine(line);
        if (line.Contains(readyText, StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
