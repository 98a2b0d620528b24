using System.Data.Common;

namespace PcBench.Platform.Data;

/// <summary>One transaction, and what is to happen once it is durable.</summary>
public sealed class Write
{
    private readonly DbTransaction transaction;
    private readonly List<Action> effects = [];

    internal Write(DbTransaction transaction, Dialect dialect) => (this.transaction, Dialect) = (transaction, dialect);

    /// <summary>Which kind of store it is.</summary>
    public Dialect Dialect { get; }

    /// <summary>The connection, for bulk statements that only one kind of store knows.</summary>
    public DbConnection Connection => transaction.Connection!;

    /// <summary>A statement in this transaction. It may be executed again with other values.</summary>
    public Statement Sql(string text)
    {
        var command = Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return new Statement(command);
    }

    /// <summary>Registers an effect outside the store: caches, ranks, wake-ups. It is lost in a crash, so it must be one that can be.</summary>
    public void OnCommitted(Action effect) => effects.Add(effect);

    internal void Committed()
    {
        foreach (var effect in effects)
            effect();
    }
}
