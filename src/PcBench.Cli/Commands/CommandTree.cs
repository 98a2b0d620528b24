using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>All commands of <c>pcbench</c>.</summary>
internal static class CommandTree
{
    public static Command Create(CliContext context) => CommandWithExamples.Root(
        "pcbench",
        "PcBench measures this PC, says how good it is and how sure that is.",
        DetectCommand.Create(context),
        RunCommand.Create(context),
        ShowCommand.Create(context),
        CompareCommand.Create(context),
        SubmitCommand.Create(context),
        VisibilityCommand.Create(context),
        LinkCommand.Create(context),
        DeleteCommand.Create(context),
        AppealCommand.Create(context),
        ImportCommand.Create(context));
}
