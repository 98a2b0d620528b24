using System.CommandLine;

namespace PcBench.Cli.Commands;

/// <summary>All commands of <c>pcbench</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Create(CliContext context) => new(
        "PcBench measures this PC, says how good it is and how sure that is.")
    {
        DetectCommand.Create(context),
        RunCommand.Create(context),
        ShowCommand.Create(context),
        CompareCommand.Create(context),
        SubmitCommand.Create(context),
        VisibilityCommand.Create(context),
        LinkCommand.Create(context),
        DeleteCommand.Create(context),
    };
}
