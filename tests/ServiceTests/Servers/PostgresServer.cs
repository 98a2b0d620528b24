using System.Collections.Concurrent;
using Npgsql;

namespace PcBench.ServiceTests.Servers;

/// <summary>A PostgreSQL server: a cluster of our own in a temporary folder, or one that is there for tests.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Ready = "database system is ready to accept";

    private readonly ConcurrentBag<string> databases = [];
    private readonly string? folder;
    private readonly int port;
    private readonly bool durable;
    private ServerProcess? process;

    private PostgresServer(string connectionString) => ConnectionString = connectionString;

    private PostgresServer(string folder, bool durable)
    {
        this.folder = folder;
        this.durable = durable;
        port = Ports.Free();
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    /// <summary>Of a superuser, to the database <c>postgres</c> or the one that was given.</summary>
    public string ConnectionString { get; }

    /// <summary>Host of its address.</summary>
    public string Host => new NpgsqlConnectionStringBuilder(ConnectionString).Host!;

    /// <summary>Port of its address.</summary>
    public int Port => new NpgsqlConnectionStringBuilder(ConnectionString).Port;

    /// <summary>The server of <c>PCBENCH_TEST_POSTGRES</c>, or one of our own. It is for all tests: it must not be stopped.</summary>
    internal static async Task<PostgresServer> SharedAsync() =>
        Requirement.Setting("PCBENCH_TEST_POSTGRES") is { } given ? new PostgresServer(given) : await StartAsync();

    /// <summary>Starts a server of one's own, to be stopped and killed.</summary>
    /// <param name="durable">Whether a commit waits for the disk; without it everything is faster.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var initdb = PostgresPrograms.Command("initdb"); // skips before anything is made
        var server = new PostgresServer(ServerFolder.New("postgres"), durable);
        await PostgresPrograms.MakeFolderAsync(server.folder!);
        await Programs.RunAsync([.. initdb, "-D", server.folder!, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts a copy of a server that follows it by streaming replication.</summary>
    /// <param name="primary">Started with <see cref="StartAsync"/>.</param>
    /// <param name="synchronous">Whether each commit on the primary waits until it is here too.</param>
    public static async Task<PostgresServer> StandbyOf(PostgresServer primary, bool synchronous = false)
    {
        var standby = new PostgresServer(ServerFolder.New("standby"), primary.durable);
        await PostgresPrograms.MakeFolderAsync(standby.folder!);
        await Programs.RunAsync(PostgresPrograms.Command("pg_basebackup", "-D", standby.folder!, "-R", "-c", "fast", "--no-sync",
            "-d", $"host=127.0.0.1 port={primary.port} user=postgres application_name=standby{standby.port}"));
        await standby.StartAgainAsync();
        if (synchronous)
        {
            await primary.ExecuteAsync($"alter system set synchronous_standby_names = 'standby{standby.port}'");
            await primary.ExecuteAsync("select pg_reload_conf()");
        }

        await Client.UntilAsync(() => primary.IsFollowedAsync($"standby{standby.port}", synchronous));
        return standby;
    }

    /// <summary>Makes a database of one's own.</summary>
    /// <param name="template">Name of a database to copy; nobody may be connected to it.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"create database {name} template {template ?? "template0"}");
        var connectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
        databases.Add(connectionString);
        return connectionString;
    }

    /// <summary>Removes a database and whoever is connected to it.</summary>
    /// <param name="connectionString">What <see cref="CreateDatabaseAsync"/> returned.</param>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Runs a statement as superuser, on a connection of its own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it without a checkpoint, all connections with it: <c>-m immediate</c>.</summary>
    public Task StopAsync() => EndAsync("QUIT");

    /// <summary>Ends it as a power cut would, as far as the system's own memory survives that.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Starts it after it was stopped or killed, on the same port and folder.</summary>
    public async Task StartAgainAsync() => process = await ServerProcess.StartAsync(
        PostgresPrograms.Command("postgres", ["-D", folder!, .. Settings.SelectMany(setting => (string[])["-c", setting])]), "QUIT", Ready, folder!);

    /// <summary>Makes a standby the primary; returns when it takes writes.</summary>
    public async Task PromoteAsync()
    {
        await ExecuteAsync("select pg_promote(true, 60)");
        await ExecuteAsync("alter system reset synchronous_standby_names"); // copied from the primary: nobody follows this one
        await ExecuteAsync("select pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        if (folder is not null)
            return;
        foreach (var database in databases) // a server that stays is left as it was
            await DropDatabaseAsync(database);
    }

    private IEnumerable<string> Settings =>
    [
        "listen_addresses=127.0.0.1", $"port={port}", "unix_socket_directories=", "max_connections=200", "shared_buffers=64MB", "wal_keep_size=256MB",
        .. durable ? (string[])[] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
    ];

    private async Task EndAsync(string signal)
    {
        await using var own = process ?? throw new InvalidOperationException("Only a server that runs and that the test started itself is stopped.");
        process = null;
        await own.EndAsync(signal);
    }

    private async Task<bool> IsFollowedAsync(string name, bool synchronous)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from pg_stat_replication where application_name = @name and state = 'streaming' and (not @synchronous or sync_state = 'sync')", connection);
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("synchronous", synchronous);
        return await command.ExecuteScalarAsync() is 1L;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        // Not pooled: an idle connection would be in the way of a template, and broken after a restart.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
