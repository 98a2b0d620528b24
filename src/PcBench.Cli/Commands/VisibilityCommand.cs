using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench visibility</c>: changes who may see a submitted result.</summary>
internal static class VisibilityCommand
{
    public static Command Create(CliContext context)
    {
        var result = ServerOptions.Result();
        var visibility = ServerOptions.NewVisibility();
        var (server, cohort) = (ServerOptions.Server(), ServerOptions.CohortKeyFile());
        var command = new CommandWithExamples("visibility", "Change who may see a submitted result.", """
            pcbench visibility latest public
            pcbench visibility k3v9x2 private --server https://pcbench.example
            """)
        {
            result, visibility, server, cohort,
        };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(result), ServerOptions.Address(parsed, server, cohort), $"It is now {SubmitCommand.Words(parsed.GetValue(visibility))}.",
            (client, id, key) => client.SetVisibilityAsync(id, parsed.GetRequiredValue(visibility), key, cancel)));
        return command;
    }
}
