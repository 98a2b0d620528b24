using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PcBench.Platform.Data;

/// <summary>Connections to one SQLite file.</summary>
public sealed class SqliteSource : DbDataSource
{
    private readonly string connectionString;

    public SqliteSource(string path) =>
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 5 }.ToString();

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new DurableConnection(connectionString);

    protected override void Dispose(bool disposing)
    {
        // Only this file's idle connections: other stores in the process keep theirs.
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }

    private sealed class DurableConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            base.Open();
            using var pragmas = CreateCommand();

            // FULL: a commit is on the disk before it returns, which WAL alone does not promise. Secure: what is deleted is written over.
            pragmas.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;";
            pragmas.ExecuteNonQuery();
        }
    }
}
