using Npgsql;
using NpgsqlTypes;

namespace PcBench.Bench.Filling;

/// <summary>Rows on their way into one table, by COPY on a connection of its own.</summary>
internal sealed class Copy : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBinaryImporter importer;

    private Copy(NpgsqlConnection connection, NpgsqlBinaryImporter importer) => (this.connection, this.importer) = (connection, importer);

    public static async Task<Copy> IntoAsync(string connectionString, string table, string columns, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        var importer = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)", cancel);
        importer.Timeout = TimeSpan.Zero;
        return new Copy(connection, importer);
    }

    /// <summary>Writes a row. Each value's type says the column's: they must be the same.</summary>
    public async Task RowAsync(CancellationToken cancel, params object?[] values)
    {
        await importer.StartRowAsync(cancel);
        foreach (var value in values)
        {
            await (value switch
            {
                null => importer.WriteNullAsync(cancel),
                int number => importer.WriteAsync(number, NpgsqlDbType.Integer, cancel),
                short number => importer.WriteAsync(number, NpgsqlDbType.Smallint, cancel),
                long number => importer.WriteAsync(number, NpgsqlDbType.Bigint, cancel),
                float number => importer.WriteAsync(number, NpgsqlDbType.Real, cancel),
                double number => importer.WriteAsync(number, NpgsqlDbType.Double, cancel),
                byte[] bytes => importer.WriteAsync(bytes, NpgsqlDbType.Bytea, cancel),
                string text => importer.WriteAsync(text, NpgsqlDbType.Text, cancel),
                _ => throw new ArgumentException($"There is no column for {value.GetType()}."),
            });
        }
    }

    public async Task CompleteAsync(CancellationToken cancel) => await importer.CompleteAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await importer.DisposeAsync();
        await connection.DisposeAsync();
    }
}
