using System.Text.Json;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>The results on this machine, by the names that people give: a path, an id, the beginning of an id, or <c>latest</c>.</summary>
internal static class LocalResults
{
    /// <summary>Reads a result and holds it to the server's own rules; says what is wrong with it.</summary>
    /// <param name="context">Where to look and where to tell what is wrong.</param>
    /// <param name="name">Which one.</param>
    /// <param name="exitCode">Why there is none.</param>
    public static VerifiedResult? Read(CliContext context, string name, out int exitCode)
    {
        exitCode = ExitCodes.Ok;
        if (context.Files.Find(name) is not { } path)
        {
            exitCode = NotFound(context, name);
            return null;
        }

        var reading = ResultReader.Read(File.ReadAllBytes(path), context.Time.GetUtcNow());
        if (reading.Result is not null)
            return reading.Result;
        context.Output.Error($"{path} is not a result:");
        foreach (var error in reading.Errors)
            context.Output.Error(error.ToString());
        exitCode = ExitCodes.Usage;
        return null;
    }

    /// <summary>The id of a result, or an id as it is given: a result that was deleted here may still be on a server.</summary>
    public static string? FindId(CliContext context, string name)
    {
        if (context.Files.Find(name) is not { } path)
            return SignedContent.IsId(name) ? name : null;
        try
        {
            return SignedContent.Of(File.ReadAllBytes(path)).Id;
        }
        catch (JsonException)
        {
            return null; // a file, but no result
        }
    }

    /// <summary>Says that there is no such result.</summary>
    /// <returns>The exit code.</returns>
    public static int NotFound(CliContext context, string name)
    {
        context.Output.Error($"There is no result '{name}' here.", $"Measure with pcbench run, or give a path; results are in {context.Files.Home}.");
        return ExitCodes.NotFound;
    }
}
