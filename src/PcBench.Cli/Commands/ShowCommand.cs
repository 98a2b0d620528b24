using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench show</c>: a saved result at the terminal.</summary>
internal static class ShowCommand
{
    public static Command Create(CliContext context)
    {
        var result = CommonOptions.ResultOrLatest();
        var json = new Option<bool>("--json") { Description = "Print the document on stdout, byte for byte." };
        var command = new CommandWithExamples("show", "Show a saved result: scores, figures with their intervals, and what to know about them.", """
            pcbench show                   the latest
            pcbench show k3v9x2            by the beginning of its id
            pcbench show result.json       a file
            pcbench show --json | jq .machine
            """)
        {
            result, json,
        };
        command.SetAction(parsed =>
        {
            if (LocalResults.Read(context, parsed.GetRequiredValue(result), out var exitCode) is not { } found)
                return exitCode;
            if (parsed.GetValue(json))
                context.Output.Data(found.Bytes.Span);
            else
                ResultTable.Write(context.Output.People, found.Id, found.Document);
            return ExitCodes.Ok;
        });
        return command;
    }
}
