using System.Diagnostics;

namespace PcBench.ClusterTests;

/// <summary>How a script ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    /// <summary>Fails the test, with all that was printed, where it did not succeed.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, Output + Errors);
        return Output;
    }
}

/// <summary>Runs scripts as a workflow's runner does: bash, the first failure ends it, also in a pipe.</summary>
internal static class Shell
{
    public static async Task<Ended> RunAsync(string script, string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new Ended(process.ExitCode, await output, errors);
    }
}
