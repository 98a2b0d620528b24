using PcBench.Contracts.Results;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>Reads results that are on this machine, for the commands that show them.</summary>
internal static class LocalResults
{
    /// <summary>The result of that name.</summary>
    /// <param name="context">Where to look and where to tell what is wrong.</param>
    /// <param name="name">Path, id, beginning of an id, or <c>latest</c>.</param>
    /// <param name="exitCode">Why there is none.</param>
    public static VerifiedResult? Read(CliContext context, string name, out int exitCode)
    {
        exitCode = ExitCodes.Ok;
        if (context.Files.Find(name) is not { } path)
        {
            exitCode = ServerOptions.NotFound(context, name);
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
}
