using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace P25.Tools;

/// <summary>Runs programs found on PATH, or where <c>P25_HELM</c>, <c>P25_KUBECTL</c> … say.</summary>
/// <param name="variable">Reads the environment.</param>
/// <param name="trace">Told every call, as a line for a shell; null where nobody wants to know.</param>
internal sealed partial class ToolRunner(Func<string, string?> variable, Action<string>? trace) : IToolRunner
{
    private const int SigTerm = 15;
    private static readonly TimeSpan GraceOnCancel = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A helm that outlives a killed p25 would go on changing the cluster beside the next one, so the kernel is asked to end it with
    /// its parent. Elsewhere than on Linux that cannot be had; the lock's expiry is what is left there.
    /// </summary>
    private static readonly string? WithParent = OperatingSystem.IsLinux() && File.Exists("/usr/bin/setpriv") ? "/usr/bin/setpriv" : null;

    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel)
    {
        trace?.Invoke(ShellLine.Of(call));
        var program = variable($"P25_{Path.GetFileName(call.Tool).ToUpperInvariant()}") is { Length: > 0 } path ? path : call.Tool;
        var ended = new TaskCompletionSource<ToolResult>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The parent that counts for the kernel is the thread that started the program, so that thread must live as long as it.
        new Thread(() => RunHere(program, call, ended, cancel)) { IsBackground = true, Name = call.Tool }.Start();
        var result = await ended.Task;
        cancel.ThrowIfCancellationRequested();
        return result;
    }

    private static void RunHere(string program, ToolCall call, TaskCompletionSource<ToolResult> ended, CancellationToken cancel)
    {
        try
        {
            using var process = new Process { StartInfo = StartInfo(program, call) };
            var output = new StringBuilder();
            var errors = new StringBuilder();
            process.OutputDataReceived += (_, line) => Append(output, line.Data, null);
            process.ErrorDataReceived += (_, line) => Append(errors, line.Data, call.OnLine);
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var stopping = cancel.Register(() => Stop(process));
            Feed(process, call.Input);
            process.WaitForExit();
            ended.SetResult(new ToolResult(process.ExitCode, output.ToString(), errors.ToString()));
        }
        catch (Win32Exception missing)
        {
            ended.SetException(new P25Exception(P25ExitCodes.Unreachable, $"{call.Tool} cannot be started: {missing.Message}.",
                $"Install {call.Tool}, or say where it is in P25_{call.Tool.ToUpperInvariant()}."));
        }
        catch (Exception fault)
        {
            ended.SetException(fault);
        }
    }

    private static ProcessStartInfo StartInfo(string program, ToolCall call)
    {
        string[] words = WithParent is null ? [program] : [WithParent, "--pdeathsig", "KILL", "--", program];
        var start = new ProcessStartInfo(words[0], words[1..].Concat(call.Arguments))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in call.Environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return start;
    }

    private static void Append(StringBuilder text, string? line, Action<string>? onLine)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
        onLine?.Invoke(line);
    }

    private static void Feed(Process process, string? input)
    {
        try
        {
            if (input is not null)
                process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    /// <summary>Helm writes down that it was stopped when it is asked to end; killed, it leaves a release that is pending.</summary>
    private static void Stop(Process process)
    {
        try
        {
            if (OperatingSystem.IsWindows() || Kill(process.Id, SigTerm) != 0)
                process.Kill(entireProcessTree: true);
            else if (!process.WaitForExit(GraceOnCancel))
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
