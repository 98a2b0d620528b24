using PcBench.Cli.Commands;
using PcBench.Shared;

namespace PcBench.Cli;

/// <summary>The command line of <c>pcbench</c>, for its own program and for hosts that carry it within.</summary>
public static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>An exit code of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => CommandTree.Create(CliContext.OfProcess()).Parse(args).RunAsync();
}
