using Npgsql;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Servers;

/// <summary>A PostgreSQL server that keeps what it acknowledges: its own cluster in a temporary folder, fsync on.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private const string Changed = "shared_buffers=512MB,max_wal_size=2GB";
    private const string Ready = "database system is ready to accept";

    private readonly string folder = ServerFolder.New("postgres");
    private ServerProcess? process;

    public int Port { get; } = Ports.Free();

    public static async Task<Postgres> StartAsync()
    {
        var server = new Postgres();
        await PostgresPrograms.MakeFolderAsync(server.folder);
        await Programs.RunAsync(PostgresPrograms.Command(
            "initdb", "-D", server.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"));
        string[] settings = ["listen_addresses=127.0.0.1", $"port={server.Port}", "unix_socket_directories=", .. Changed.Split(',')];
        server.process = await ServerProcess.StartAsync(
            PostgresPrograms.Command("postgres", ["-D", server.folder, .. settings.SelectMany(setting => (string[])["-c", setting])]), "QUIT", Ready, server.folder);
        return server;
    }

    /// <param name="database">Name of a database.</param>
    /// <param name="connections">Connections that a pool may have: three replicas and pgbench share the server's 100.</param>
    public string ConnectionString(string database, int connections = 16) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size={connections}";

    public Task CreateAsync(string database, CancellationToken cancel) => ExecuteAsync("postgres", $"create database {database}", cancel);

    /// <summary>Runs a statement and waits for it, however long it takes.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(database, cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Rows of text and numbers.</summary>
    public async Task<IReadOnlyList<object[]>> RowsAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(database, cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Its version, and the settings that are not PostgreSQL's own.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancel)
    {
        var rows = await RowsAsync("postgres", "select current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')", cancel);
        return $"PostgreSQL {rows[0][0]}, {Changed.Replace('=', ' ').Replace(",", ", ", StringComparison.Ordinal)}, all else as it comes";
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(cancel);
        return connection;
    }
}
