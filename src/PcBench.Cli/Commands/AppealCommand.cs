using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench appeal</c>: says why a flag on one's own result is wrong.</summary>
internal static class AppealCommand
{
    public static Command Create(CliContext context)
    {
        var result = CommonOptions.ResultOrLatest();
        var text = new Option<string>("--text") { Description = "Why the flag is wrong, for the administrator who decides. 10 to 2000 characters.", Required = true };
        var server = new ServerOptions();
        var command = new CommandWithExamples("appeal", "Appeal against the flag on your result: an administrator decides, and the decision is on the result's page.", """
            pcbench appeal latest --text "The memory is overclocked to 8000 MT/s; the board's firmware reports the JEDEC rate."
            """)
        {
            result, text, server,
        };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(result), server.Read(parsed), "The appeal is sent; the decision will be on the result's page.",
            (client, id, key) => client.AppealAsync(id, parsed.GetRequiredValue(text), key, cancel)));
        return command;
    }
}
