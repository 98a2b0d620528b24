using System.CommandLine;
using System.Net.Sockets;
using PcBench.Backend.Features.Service;
using PcBench.Backend.Http;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary><c>backend migrate</c>: brings the database up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for a database that does not answer yet (0 to 3600).", DefaultValueFactory = _ => 0 };
        var check = new Option<bool>("--check") { Description = "Change nothing: succeed if the schema is there, and with --wait once somebody has migrated it." };
        wait.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > 3600)
                given.AddError("--wait is out of range. Give 0 to 3600 seconds.");
        });
        var command = new CommandWithExamples("migrate", "Bring the database up to the schema of this version. May be run at any time, by several at once; the version before goes on running.", """
            Data__Postgres='Host=db;Database=pcbench;Username=owner;Password=…' backend migrate
            backend migrate --wait 60             # in a job that may start before the database
            backend migrate --check --wait 60     # before a replica that must not start without its schema
            """)
        {
            wait, check,
        };
        command.SetAction((parsed, cancel) => BackendHost.WithPartsAsync(parts => RunAsync(
            parts.GetRequiredService<StoreSchema>(), parts.GetRequiredService<TimeProvider>(), parsed.GetValue(check), TimeSpan.FromSeconds(parsed.GetValue(wait)), cancel)));
        return command;
    }

    private static async Task RunAsync(StoreSchema schema, TimeProvider time, bool onlyCheck, TimeSpan patience, CancellationToken cancel)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                await (onlyCheck ? CheckAsync(schema, cancel) : MigrateAsync(schema, cancel));
                return;
            }
            catch (Exception error) when (time.GetElapsedTime(start) < patience && IsNotYet(error, onlyCheck))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
            }
        }
    }

    // A database that comes up, and, for who only looks, one that others are about to migrate.
    private static bool IsNotYet(Exception error, bool onlyCheck) => StoreOutage.Is(error) || error is SocketException || (onlyCheck && error is InvalidOperationException);

    private static async Task CheckAsync(StoreSchema schema, CancellationToken cancel)
    {
        await schema.CheckAsync(cancel);
        await Console.Error.WriteLineAsync("The database is up to date.");
    }

    private static async Task MigrateAsync(StoreSchema schema, CancellationToken cancel)
    {
        var ran = await schema.MigrateAsync(cancel);
        foreach (var name in ran)
            Console.WriteLine(name);
        await Console.Error.WriteLineAsync(ran.Count == 0 ? "The database is up to date." : $"Applied {ran.Count} migrations.");
    }
}
