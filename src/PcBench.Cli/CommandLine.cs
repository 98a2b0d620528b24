using System.CommandLine;
using PcBench.Cli.Commands;
using PcBench.Shared;

namespace PcBench.Cli;

/// <summary>The command line of <c>pcbench</c>, for its own program and for hosts that carry it within.</summary>
public static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>An exit code of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var command = CommandTree.Create(CliContext.OfProcess()).Parse(args);
        if (command.Errors.Count == 0)
            return await command.InvokeAsync();
        // Help that nobody asked for must not stand where a program looks for data.
        await command.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
        return ExitCodes.Usage;
    }
}
