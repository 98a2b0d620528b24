using Microsoft.Extensions.Logging;

namespace PcBench.Platform.Data;

/// <summary>
/// Brings a schema up to date: each missing step in a transaction of its own, in order, once, however many run it at the
/// same time.
/// </summary>
public sealed partial class MigrationRunner(Database database, TimeProvider time, ILogger<MigrationRunner> logger)
{
    private const string CreateTable = """
        create table if not exists migration (
            number integer primary key, name text not null, checksum text not null, applied_at bigint not null)
        """;

    /// <summary>Of all who change a PostgreSQL schema one goes on, and the others wait here until its transaction ends.</summary>
    public const string Lock = "select pg_advisory_xact_lock(7226832)";

    // A table that is in use is waited for shortly, then the step is given up whole.
    private const string GiveUpSoon = "set local lock_timeout = '5s'";

    private const string Applied = "select number, name, checksum from migration order by number";

    /// <summary>Does every step that is missing.</summary>
    /// <returns>Names of the steps that ran now.</returns>
    /// <exception cref="InvalidOperationException">The store was made by a newer version, or a step that has run was changed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        var ran = new List<string>();
        while (await database.WriteAsync((write, token) => NextAsync(write, migrations, token), cancel) is { } name)
        {
            ran.Add(name);
            Log.Applied(logger, name);
        }

        return ran;
    }

    /// <summary>Names of the steps that are missing; changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The store was made by a newer version, or a step that has run was changed.</exception>
    public async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        var isNew = database.Dialect == Dialect.Postgres
            && await database.Sql("select count(*) from pg_tables where schemaname = current_schema() and tablename = 'migration'").NumberAsync(cancel) == 0;
        var applied = isNew ? [] : await AppliedAsync(database.Sql(Applied), cancel);
        Check(applied, migrations);
        return [.. migrations.Skip(applied.Count).Select(migration => migration.Name)];
    }

    private async Task<string?> NextAsync(Write write, IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        if (write.Dialect == Dialect.Postgres)
        {
            await write.Sql(Lock).ExecuteAsync(cancel);
            await write.Sql(GiveUpSoon).ExecuteAsync(cancel);
        }

        await write.Sql(CreateTable).ExecuteAsync(cancel);
        var applied = await AppliedAsync(write.Sql(Applied), cancel);
        Check(applied, migrations);
        if (migrations.Skip(applied.Count).FirstOrDefault() is not { } next)
            return null;
        await write.Sql(next.Sql).ExecuteAsync(cancel);
        await write.Sql("insert into migration (number, name, checksum, applied_at) values (@number, @name, @checksum, @now)")
            .With("number", next.Number).With("name", next.Name).With("checksum", next.Checksum)
            .With("now", time.GetUtcNow().ToUnixTimeMilliseconds())
            .ExecuteAsync(cancel);
        return next.Name;
    }

    private static Task<List<(int Number, string Name, string Checksum)>> AppliedAsync(Statement statement, CancellationToken cancel) =>
        statement.ListAsync(row => (row.GetInt32(0), row.GetString(1), row.GetString(2)), cancel);

    private static void Check(List<(int Number, string Name, string Checksum)> applied, IReadOnlyList<Migration> migrations)
    {
        foreach (var (number, name, checksum) in applied)
        {
            if (migrations.FirstOrDefault(known => known.Number == number) is not { } migration)
            {
                // A newer release only added to the schema: this one still runs on it, and so can be rolled back to.
                if (!Migration.IsContract(name))
                    continue;
                throw new InvalidOperationException(
                    $"The database has migration {number} ({name}), which this version does not know and cannot run with. Start the version that made it, or a newer one.");
            }

            if (checksum != migration.Checksum)
            {
                throw new InvalidOperationException(
                    $"Migration {migration.Name} was changed after it had run here. Put the file back as it was and add a new one.");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Name}")]
        public static partial void Applied(ILogger logger, string name);
    }
}
