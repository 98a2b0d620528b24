using System.Data.Common;

namespace PcBench.Platform.Data;

/// <summary>
/// The relational store. Reads open a connection each; writes go through <see cref="WriteAsync{T}"/>, one transaction each.
/// </summary>
/// <param name="source">Where connections come from.</param>
/// <param name="dialect">Which kind of store it is.</param>
public sealed class Database(DbDataSource source, Dialect dialect) : IAsyncDisposable
{
    private const int MaxAttempts = 5;

    // SQLite has one writer. Waiting here is fair and wakes at once, where its own busy loop would sleep 150 ms a try.
    private readonly SemaphoreSlim? gate = dialect == Dialect.Sqlite ? new(1, 1) : null;

    /// <summary>Which kind of store it is.</summary>
    public Dialect Dialect => dialect;

    /// <summary>A statement on a connection of its own.</summary>
    public Statement Sql(string text) => new(source.CreateCommand(text));

    /// <summary>A connection of one's own, open.</summary>
    public ValueTask<DbConnection> OpenAsync(CancellationToken cancel) => source.OpenConnectionAsync(cancel);

    /// <summary>
    /// Does <paramref name="work"/> in one transaction. It returns after the commit and after the effects that the work
    /// registered with <see cref="Write.OnCommitted"/>. On SQLite nothing else is written in between. On PostgreSQL work that
    /// met another transaction in a deadlock is done again, so it must have no effects but those in the store.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Write, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        if (gate is not null)
            await gate.WaitAsync(cancel);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await WriteOnceAsync(work, cancel);
                }
                catch (DbException error) when (error.SqlState is "40001" or "40P01" && attempt < MaxAttempts)
                {
                    // The store undid one of two that waited for each other; the other one has gone on.
                }
            }
        }
        finally
        {
            gate?.Release();
        }
    }

    /// <summary>Does work that has no result in one transaction.</summary>
    public Task WriteAsync(Func<Write, CancellationToken, Task> work, CancellationToken cancel) => WriteAsync(
        async (write, token) =>
        {
            await work(write, token);
            return true;
        },
        cancel);

    /// <summary>Reads while nothing is written: what is read and what is built of it cannot miss a commit. For the embedded store.</summary>
    public async Task ReadExclusivelyAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        await gate!.WaitAsync(cancel);
        try
        {
            await work(cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        gate?.Dispose();
        await source.DisposeAsync();
    }

    private async Task<T> WriteOnceAsync<T>(Func<Write, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var write = new Write(transaction, dialect);
        var result = await work(write, cancel);

        // From here on there is no way back: a caller that left does not undo what is durable.
        await transaction.CommitAsync(CancellationToken.None);
        write.Committed();
        return result;
    }
}
