using System.Security.Cryptography;
using PcBench.Cli.Server;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>What an owner asks of a server about one of his results.</summary>
internal static class OwnerCall
{
    /// <summary>Finds the result's id, asks, and prints the id where the server did it.</summary>
    /// <param name="context">Where to look and where to tell.</param>
    /// <param name="name">Path, id, beginning of an id, or <c>latest</c>.</param>
    /// <param name="server">Who is asked.</param>
    /// <param name="done">What people read then: <c>It is deleted for good.</c></param>
    /// <param name="ask">Asks.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CliContext context, string name, ServerAddress server, string done, Func<ServerClient, string, ECDsa, Task> ask) =>
        LocalResults.FindId(context, name) is { } id
            ? ServerCalls.ExplainAsync(context.Output, server, async () =>
            {
                using var client = ServerClient.For(server, context.Time);
                using var key = context.Files.Key();
                await ask(client, id, key);
                context.Output.Data(id);
                context.Output.People.WriteLine(done);
                return ExitCodes.Ok;
            })
            : Task.FromResult(LocalResults.NotFound(context, name));
}
