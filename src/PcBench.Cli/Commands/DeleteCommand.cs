using System.CommandLine;
using PcBench.Cli.Server;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench delete</c>: removes a result from a server for good.</summary>
internal static class DeleteCommand
{
    public static Command Create(CliContext context)
    {
        var result = new Argument<string>("result") { Description = "Path of a result, its id, the beginning of its id, or latest." };
        var server = ServerOptions.Server();
        var here = new Option<bool>("--here-too") { Description = "Remove the file on this machine as well. Default: it stays." };
        var command = new CommandWithExamples("delete", "Delete your result from a server: its page, its raw samples, its place in ranks, search and exports, at once and for good.", """
            pcbench delete latest
            pcbench delete k3v9x2 --here-too
            """)
        {
            result, server, here,
        };
        command.SetAction((parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(result);
            if (ServerOptions.FindId(context, name) is not { } id)
                return Task.FromResult(ServerOptions.NotFound(context, name));
            var from = parsed.GetRequiredValue(server);
            return ServerCalls.ExplainAsync(context.Output, from, async () =>
            {
                using var client = ServerClient.For(from, context.Time);
                using var key = context.Files.Key();
                await client.DeleteAsync(id, key, cancel);
                context.Output.Data(id);
                if (parsed.GetValue(here))
                    context.Files.Remove(id);
                return ExitCodes.Ok;
            });
        });
        return command;
    }
}
