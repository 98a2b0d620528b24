using System.Data.Common;

namespace PcBench.Platform.Data;

/// <summary>A statement with its values: what ADO.NET takes ten lines for. <c>@name</c> works on every store.</summary>
public sealed class Statement
{
    private readonly DbCommand command;

    internal Statement(DbCommand command) => this.command = command;

    /// <summary>Sets a value; null becomes SQL's null.</summary>
    public Statement With(string name, object? value)
    {
        var stored = value switch
        {
            null => DBNull.Value,
            bool flag => flag ? 1L : 0L, // no store's own kind of truth: 0 and 1 in all of them
            Enum member => Convert.ToInt64(member, null),
            _ => value,
        };
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = stored;
            return this;
        }

        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, stored);
        command.Parameters.Add(parameter);
        return this;
    }

    /// <returns>How many rows changed.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancel) => command.ExecuteNonQueryAsync(cancel);

    /// <returns>The first row, or null where there is none.</returns>
    public async Task<T?> FirstAsync<T>(Func<DbDataReader, T> map, CancellationToken cancel)
        where T : class
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? map(reader) : null;
    }

    /// <returns>The first column of the first row, or null where there is none.</returns>
    public async Task<long?> NumberAsync(CancellationToken cancel) =>
        await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? Convert.ToInt64(value, null) : null;

    /// <summary>Looks at each row as it comes.</summary>
    public async Task EachAsync(Action<DbDataReader> look, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            look(reader);
    }

    public async Task<List<T>> ListAsync<T>(Func<DbDataReader, T> map, CancellationToken cancel)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add(map(reader));
        return rows;
    }
}
