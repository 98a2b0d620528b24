using System.CommandLine;
using PcBench.Cli.Report;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench import delete</c> and <c>visibility</c>: what an owner does to an import later.</summary>
internal static class ImportOwnerCommands
{
    public static Command Delete(CliContext context)
    {
        var (id, server) = (ImportId(), new ServerOptions());
        var command = new CommandWithExamples("delete", "Delete an import with every result that it brought, at once and for good.", "pcbench import delete k3v9x2mq7d0a5b8c1e4f") { id, server };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(id), server.Read(parsed), "The import and all that it brought is deleted for good.",
            (client, import, key) => client.DeleteImportAsync(import, key, cancel)));
        return command;
    }

    public static Command Visibility(CliContext context)
    {
        var (id, server) = (ImportId(), new ServerOptions());
        var visibility = CommonOptions.NewVisibility();
        var command = new CommandWithExamples("visibility", "Change who may see an import.", "pcbench import visibility k3v9x2mq7d0a5b8c1e4f public") { id, visibility, server };
        command.SetAction((parsed, cancel) => OwnerCall.RunAsync(
            context, parsed.GetRequiredValue(id), server.Read(parsed), $"It is now {Words.Visibility(parsed.GetValue(visibility))}.",
            (client, import, key) => client.SetImportVisibilityAsync(import, parsed.GetRequiredValue(visibility), key, cancel)));
        return command;
    }

    private static Argument<string> ImportId() => new("id") { Description = "Id of the import, as it was printed." };
}
