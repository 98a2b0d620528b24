using System.Data.Common;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Cpus;

/// <summary>A CPU model with results that count.</summary>
internal sealed record CpuRow(long No, string Id, string Name, string Vendor, string? Microarchitecture, long Results);

internal static class CpuSql
{
    internal const string MostMeasured = "select no, id, name, vendor, microarchitecture, results from cpu where results > 0 order by results desc, id limit 200";
    internal const string ById = "select no, id, name, vendor, microarchitecture, results from cpu where id = @id and results > 0";
    internal const string Values = "select value from board_value where board_no = @board and cpu_no = @cpu order by value";
    internal const string Newest = $"""
        select r.headline_board, r.headline_value, r.headline_low, r.headline_high, {ListedResult.Columns}
        from result r join cpu c on c.no = r.cpu_no
        where r.cpu_no = @cpu and r.counts = 1 order by r.no desc limit 20
        """;

    public static Task<List<CpuRow>> MostMeasuredAsync(Database database, CancellationToken cancel) =>
        database.Sql(MostMeasured).ListAsync(Map, cancel);

    public static Task<CpuRow?> FindAsync(Database database, string id, CancellationToken cancel) =>
        database.Sql(ById).With("id", id).FirstAsync(Map, cancel);

    public static async Task<double[]> ValuesAsync(Database database, long boardNo, long cpuNo, CancellationToken cancel) =>
        [.. await database.Sql(Values).With("board", boardNo).With("cpu", cpuNo).ListAsync(row => row.GetDouble(0), cancel)];

    public static Task<List<ListedResult>> NewestAsync(Database database, long cpuNo, CancellationToken cancel) =>
        database.Sql(Newest).With("cpu", cpuNo).ListAsync(ListedResult.Map, cancel);

    internal static CpuRow Map(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.GetInt64(5));
}
