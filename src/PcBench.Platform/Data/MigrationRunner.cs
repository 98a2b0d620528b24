using Microsoft.Extensions.Logging;

namespace PcBench.Platform.Data;

/// <summary>Brings a schema up to date: each missing step in a transaction of its own, in order, once.</summary>
public sealed partial class MigrationRunner(Database database, TimeProvider time, ILogger<MigrationRunner> logger)
{
    private const string CreateTable = """
        create table if not exists migration (
            number integer primary key, name text not null, checksum text not null, applied_at bigint not null)
        """;

    /// <exception cref="InvalidOperationException">The store was made by a newer version, or a step that has run was changed.</exception>
    public async Task RunAsync(IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        var applied = await AppliedAsync(cancel);
        if (applied.Keys.Except(migrations.Select(migration => migration.Number)).ToList() is { Count: > 0 } unknown)
        {
            throw new InvalidOperationException(
                $"The database has migration {unknown.Max()}, which this version does not know. Start the version that made it, or a newer one.");
        }

        foreach (var migration in migrations)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum))
                await ApplyAsync(migration, cancel);
            else if (checksum != migration.Checksum)
            {
                throw new InvalidOperationException(
                    $"Migration {migration.Name} was changed after it had run here. Put the file back as it was and add a new one.");
            }
        }
    }

    private async Task<Dictionary<int, string>> AppliedAsync(CancellationToken cancel)
    {
        var rows = await database.WriteAsync(async (write, token) =>
        {
            await write.Sql(CreateTable).ExecuteAsync(token);
            return await write.Sql("select number, checksum from migration").ListAsync(row => (row.GetInt32(0), row.GetString(1)), token);
        }, cancel);
        return rows.ToDictionary();
    }

    private async Task ApplyAsync(Migration migration, CancellationToken cancel)
    {
        await database.WriteAsync(async (write, token) =>
        {
            await write.Sql(migration.Sql).ExecuteAsync(token);
            return await write.Sql("insert into migration (number, name, checksum, applied_at) values (@number, @name, @checksum, @now)")
                .With("number", migration.Number).With("name", migration.Name).With("checksum", migration.Checksum)
                .With("now", time.GetUtcNow().ToUnixTimeMilliseconds())
                .ExecuteAsync(token);
        }, cancel);
        Log.Applied(logger, migration.Name);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Name}")]
        public static partial void Applied(ILogger logger, string name);
    }
}
