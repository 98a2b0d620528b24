using System.Security.Cryptography;
using PcBench.Cli.Server;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>What an owner asks of a server about one of his results.</summary>
internal static class OwnerCall
{
    /// <summary>Finds the result's id, asks, and prints the id where the server did it.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CliContext context, string name, ServerAddress server, Func<ServerClient, string, ECDsa, Task> ask) =>
        ServerOptions.FindId(context, name) is { } id
            ? ServerCalls.ExplainAsync(context.Output, server, async () =>
            {
                using var client = ServerClient.For(server, context.Time);
                using var key = context.Files.Key();
                await ask(client, id, key);
                context.Output.Data(id);
                return ExitCodes.Ok;
            })
            : Task.FromResult(ServerOptions.NotFound(context, name));
}
