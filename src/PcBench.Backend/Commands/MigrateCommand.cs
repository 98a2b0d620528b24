using System.CommandLine;
using PcBench.Backend.Features.Service;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary><c>backend migrate</c>: brings the database up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new CommandWithExamples("migrate", "Bring the database up to the schema of this version. May be run at any time, by several at once; the version before goes on running.", """
            Data__Postgres='Host=db;Database=pcbench;Username=owner;Password=…' backend migrate
            """);
        command.SetAction((_, cancel) => BackendHost.WithPartsAsync(async parts =>
        {
            var ran = await parts.GetRequiredService<StoreSchema>().MigrateAsync(cancel);
            foreach (var name in ran)
                Console.WriteLine(name);
            await Console.Error.WriteLineAsync(ran.Count == 0 ? "The database is up to date." : $"Applied {ran.Count} migrations.");
        }));
        return command;
    }
}
