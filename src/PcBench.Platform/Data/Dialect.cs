namespace PcBench.Platform.Data;

/// <summary>
/// The two kinds of store. Statements are the same text on both, but for migrations, bulk inserts, and what only several
/// replicas need.
/// </summary>
public enum Dialect
{
    /// <summary>Embedded: one file, one process, one writer.</summary>
    Sqlite,

    /// <summary>PostgreSQL: several replicas.</summary>
    Postgres,
}
