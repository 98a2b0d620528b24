namespace PcBench.Platform.Data;

/// <summary>A condition "is one of these", which each kind of store writes in its own way.</summary>
/// <param name="dialect">Which kind of store it is.</param>
/// <param name="column">The column.</param>
/// <param name="values">What it may be.</param>
public sealed class OneOf(Dialect dialect, string column, IReadOnlyList<string> values)
{
    /// <summary>The condition. PostgreSQL takes an array, so that it is one statement however many there are.</summary>
    public override string ToString() => dialect == Dialect.Postgres
        ? $"{column} = any(@oneOf)"
        : $"{column} in ({string.Join(", ", values.Select((_, i) => $"@oneOf{i}"))})";

    /// <summary>Gives the values to a statement that has the condition in it.</summary>
    public Statement In(Statement statement)
    {
        if (dialect == Dialect.Postgres)
            return statement.With("oneOf", values.ToArray());
        foreach (var (i, value) in values.Index())
            statement.With($"oneOf{i}", value);
        return statement;
    }
}
