using System.CommandLine;
using System.CommandLine.Invocation;

namespace PcBench.Shared;

/// <summary>Runs what a command line asks for.</summary>
internal static class Invocation
{
    /// <summary>
    /// Runs the command. Where the command line is wrong, stderr says what is wrong and where help is: on stdout, help would end in the
    /// file or program that waits for data.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="configuration">How it is run. Default: as the framework does.</param>
    /// <param name="cancel">Stops it, as Ctrl-C does.</param>
    /// <returns>An exit code.</returns>
    public static async Task<int> RunAsync(this ParseResult parsed, InvocationConfiguration? configuration = null, CancellationToken cancel = default)
    {
        configuration ??= new InvocationConfiguration();
        if (parsed.Action is not ParseErrorAction wrong)
            return await parsed.InvokeAsync(configuration, cancel);
        configuration.Output = configuration.Error;
        wrong.ShowHelp = parsed.Tokens.Count == 0; // no word at all is a question
        await parsed.InvokeAsync(configuration, cancel);
        if (!wrong.ShowHelp)
            await configuration.Error.WriteLineAsync($"Help: {PathOf(parsed.CommandResult.Command)} --help");
        return ExitCodes.Usage;
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
