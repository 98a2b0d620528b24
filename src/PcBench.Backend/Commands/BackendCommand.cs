using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary>All commands of <c>backend</c>. Without a command it serves.</summary>
internal static class BackendCommand
{
    public static Command Create()
    {
        var root = CommandWithExamples.Root("backend", """
            The API of PcBench. Without a command it serves; settings come from appsettings.json, the environment
            (Data__Postgres=…) or the command line (--Data:Folder=…). docs/api.md lists them.
            """,
            [
                MigrateCommand.Create(),
                RebuildRanksCommand.Create(),
                EventsCommand.Create(BackendHost.WithPartsAsync),
                AppealsCommand.Create(BackendHost.WithPartsAsync),
                BackupsCommand.Create(),
            ]);
        root.TreatUnmatchedTokensAsErrors = false; // settings of the host: --urls http://localhost:8080
        root.SetAction(async parsed =>
        {
            if (parsed.UnmatchedTokens is not [var first, ..] || first.StartsWith('-'))
                return await BackendHost.ServeAsync([.. parsed.UnmatchedTokens]);
            await Console.Error.WriteLineAsync($"error: There is no command '{first}'. 'backend --help' lists them.");
            return ExitCodes.Usage;
        });
        return root;
    }
}
