using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench delete</c>: removes a result from a server for good.</summary>
internal static class DeleteCommand
{
    public static Command Create(CliContext context)
    {
        var result = CommonOptions.Result();
        var server = new ServerOptions();
        var here = new Option<bool>("--here-too") { Description = "Remove the file on this machine as well. Default: it stays." };
        var command = new CommandWithExamples("delete", "Delete your result from a server: its page, its raw samples, its place in ranks, search and exports, at once and for good.", """
            pcbench delete latest
            pcbench delete k3v9x2 --here-too
            """)
        {
            result, server, here,
        };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(result), server.Read(parsed),
            parsed.GetValue(here) ? "It is deleted for good, there and here." : "It is deleted from the server for good; the file on this machine stays.",
            async (client, id, key) =>
            {
                await client.DeleteAsync(id, key, cancel);
                if (parsed.GetValue(here))
                    context.Files.Remove(id);
            }));
        return command;
    }
}
