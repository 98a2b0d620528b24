using System.CommandLine;
using System.Globalization;
using PcBench.Platform.Blobs;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary><c>backend backups</c>: what pg_dump made, in the object store.</summary>
internal static class BackupsCommand
{
    private const string Prefix = "backups/";

    public static Command Create() => new CommandWithExamples("backups", "Keep backups of the database in the object store, list them, fetch one.", """
        backend backups keep /backup/pcbench.dump --days 14
        backend backups list
        backend backups fetch backups/20260601-031700.dump pcbench.dump && pg_restore --dbname=pcbench pcbench.dump
        """) { Keep(), List(), Fetch() };

    private static CommandWithExamples Keep()
    {
        var file = new Argument<string>("file") { Description = "What pg_dump wrote." };
        var days = new Option<int>("--days") { Description = "Remove backups that are older (1 to 3650 days), but never this one.", DefaultValueFactory = _ => 14 };
        days.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && given.GetValueOrDefault<int>() is not (>= 1 and <= 3650))
                given.AddError("--days is out of range. Give 1 to 3650.");
        });
        var command = new CommandWithExamples("keep", "Put a backup into the object store and remove those that are too old.", "backend backups keep pcbench.dump --days 14") { file, days };
        command.SetAction((parsed, cancel) => BackendHost.WithPartsAsync(async parts =>
        {
            var (blobs, now) = (parts.GetRequiredService<IBlobStore>(), parts.GetRequiredService<TimeProvider>().GetUtcNow());
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path) || new FileInfo(path).Length == 0)
                throw new InvalidOperationException($"'{path}' is not there, or empty: nothing was kept and nothing removed. Let pg_dump --format=custom write it first.");
            var key = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{now:yyyyMMdd-HHmmss}.dump");
            await blobs.PutAsync(key, await File.ReadAllBytesAsync(path, cancel), cancel);
            Console.WriteLine(key);
            foreach (var old in await blobs.ListAsync(Prefix, cancel).Where(backup => backup.Key != key && backup.ChangedAt < now.AddDays(-parsed.GetValue(days))).ToListAsync(cancel))
            {
                await blobs.DeleteAsync(old.Key, cancel);
                await Console.Error.WriteLineAsync($"Removed {old.Key}.");
            }
        }));
        return command;
    }

    private static CommandWithExamples List()
    {
        var command = new CommandWithExamples("list", "List the backups, the newest first.", "backend backups list");
        command.SetAction((_, cancel) => BackendHost.WithPartsAsync(async parts =>
        {
            foreach (var backup in await parts.GetRequiredService<IBlobStore>().ListAsync(Prefix, cancel).OrderByDescending(backup => backup.Key, StringComparer.Ordinal).ToListAsync(cancel))
                Console.WriteLine(backup.Key);
        }));
        return command;
    }

    private static CommandWithExamples Fetch()
    {
        var key = new Argument<string>("backup") { Description = "Its name, as 'backups list' shows it." };
        var file = new Argument<string>("file") { Description = "Where to write it." };
        var command = new CommandWithExamples("fetch", "Write a backup to a file, for pg_restore.", "backend backups fetch backups/20260601-031700.dump pcbench.dump") { key, file };
        command.SetAction((parsed, cancel) => BackendHost.WithPartsAsync(async parts =>
        {
            var name = parsed.GetRequiredValue(key);
            var backup = name.StartsWith(Prefix, StringComparison.Ordinal) ? await parts.GetRequiredService<IBlobStore>().GetAsync(name, cancel) : null;
            await File.WriteAllBytesAsync(parsed.GetRequiredValue(file), backup ?? throw new InvalidOperationException($"There is no backup '{name}'. 'backend backups list' shows what there is."), cancel);
        }));
        return command;
    }
}
