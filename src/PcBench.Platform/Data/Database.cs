using System.Data.Common;

namespace PcBench.Platform.Data;

/// <summary>
/// The relational store. Reads open a connection each; writes go through <see cref="WriteAsync{T}"/>, one transaction each.
/// </summary>
/// <param name="source">Where connections come from.</param>
public sealed class Database(DbDataSource source) : IAsyncDisposable
{
    // SQLite has one writer. Waiting here is fair and wakes at once, where its own busy loop would sleep 150 ms a try.
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>A statement on a connection of its own.</summary>
    public Statement Sql(string text) => new(source.CreateCommand(text));

    /// <summary>
    /// Does <paramref name="work"/> in one transaction. It returns after the commit and after the effects that the work
    /// registered with <see cref="Write.OnCommitted"/>; nothing else is written in between.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Write, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var write = new Write(transaction);
            var result = await work(write, cancel);

            // From here on there is no way back: a caller that left does not undo what is durable.
            await transaction.CommitAsync(CancellationToken.None);
            await write.CommittedAsync();
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reads while nothing is written: what is read and what is built of it cannot miss a commit.</summary>
    public async Task ReadExclusivelyAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
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
        gate.Dispose();
        await source.DisposeAsync();
    }
}
