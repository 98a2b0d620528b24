using System.CommandLine;
using PcBench.Cli.Report;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench visibility</c>: changes who may see a submitted result.</summary>
internal static class VisibilityCommand
{
    public static Command Create(CliContext context)
    {
        var result = CommonOptions.Result();
        var visibility = CommonOptions.NewVisibility();
        var server = new ServerOptions();
        var command = new CommandWithExamples("visibility", "Change who may see a submitted result.", """
            pcbench visibility latest public
            pcbench visibility k3v9x2 private --server https://pcbench.example
            """)
        {
            result, visibility, server,
        };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(result), server.Read(parsed), $"It is now {Words.Visibility(parsed.GetValue(visibility))}.",
            (client, id, key) => client.SetVisibilityAsync(id, parsed.GetRequiredValue(visibility), key, cancel)));
        return command;
    }
}
