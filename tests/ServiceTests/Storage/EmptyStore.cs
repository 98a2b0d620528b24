using PcBench.Platform.Data;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Storage;

/// <summary>A new database of either kind with nothing in it.</summary>
internal sealed class EmptyStore : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-empty-").FullName;
    private readonly Func<Database> open;

    private EmptyStore(Store store, string? connectionString)
    {
        open = () => store == Store.Embedded
            ? new Database(new SqliteSource(Path.Combine(folder, "test.db")), Dialect.Sqlite)
            : new Database(PostgresSource.Create(connectionString!), Dialect.Postgres);
        Database = open();
    }

    public Database Database { get; }

    public static async Task<EmptyStore> OfAsync(Store store) =>
        new(store, store == Store.Replicated ? await (await (await TestServers.CurrentAsync()).PostgresAsync()).CreateDatabaseAsync() : null);

    /// <summary>Connections of another process to it.</summary>
    public Database Another() => open();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
