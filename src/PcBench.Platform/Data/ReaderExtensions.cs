using System.Data.Common;

namespace PcBench.Platform.Data;

/// <summary>Columns as the domain has them.</summary>
public static class ReaderExtensions
{
    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static bool GetFlag(this DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    public static DateTimeOffset GetTime(this DbDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static byte[] GetBytes(this DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}
