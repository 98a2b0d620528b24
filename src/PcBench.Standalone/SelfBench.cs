using System.Diagnostics;
using PcBench.Shared;

namespace PcBench.Standalone;

/// <summary>Measures this PC with the command line that is carried within, and submits it to the server beside it.</summary>
internal static class SelfBench
{
    /// <summary>The first word that makes this program the command line.</summary>
    public const string CliVerb = "cli";

    /// <summary>Measures and submits.</summary>
    /// <returns>The address of the result's page, or null where it failed; the command line has said why.</returns>
    public static async Task<Uri?> RunAsync(Uri server, CancellationToken cancel)
    {
        var result = await CliAsync(["run", "--quick"], cancel);
        if (result is null)
            return null;
        var page = await CliAsync(["submit", result, "--visibility", "public", "--server", server.ToString()], cancel);
        return page is null ? null : new Uri(page);
    }

    /// <summary>Runs a command of the command line; people see its stderr.</summary>
    /// <returns>The last line of its data, or null where it failed.</returns>
    private static async Task<string?> CliAsync(string[] words, CancellationToken cancel)
    {
        // As an app host this process is the program itself; under `dotnet program.dll` it is dotnet, and the program is a word.
        var host = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(new ProcessStartInfo(host, [.. self, CliVerb, .. words]) { RedirectStandardOutput = true })!;
        try
        {
            var data = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode is ExitCodes.Ok or ExitCodes.PartlyMeasured ? data.TrimEnd().Split('\n')[^1] : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
