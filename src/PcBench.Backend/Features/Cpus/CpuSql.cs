using System.Data.Common;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Cpus;

/// <summary>A CPU model with results that count.</summary>
internal sealed record CpuRow(int No, string Id, string Name, string Vendor, string? Microarchitecture, long Results);

internal static class CpuSql
{
    internal const string MostMeasured = $"select {Columns} from cpu c where results > 0 and {Counts} order by results desc, id limit 200";
    internal const string ById = $"select {Columns} from cpu c where id = @id and {Counts}";

    /// <summary>Columns of cpu <c>c</c>.</summary>
    internal const string Columns = "no, id, name, vendor, microarchitecture, results";

    // The count follows the ranks; whether there is any result is asked of what is there now.
    // The first one in an index, for one model after the other: to answer "exists" the planner may read all results at once.
    internal const string Counts = "(select 1 from standing s where s.cpu_no = c.no order by s.result_no limit 1) is not null";

    internal const string Newest = $"""
        select r.headline_board, r.headline_value, r.headline_factor, {ListedResult.Columns}
        from (select result_no from standing where cpu_no = @cpu order by result_no desc limit 20) n
        join result r on r.no = n.result_no join cpu c on c.no = r.cpu_no
        """;

    public static Task<List<CpuRow>> MostMeasuredAsync(Database database, CancellationToken cancel) =>
        database.Sql(MostMeasured).ListAsync(Map, cancel);

    public static Task<CpuRow?> FindAsync(Database database, string id, CancellationToken cancel) =>
        database.Sql(ById).With("id", id).FirstAsync(Map, cancel);

    /// <summary>Reads the values of a model's results on each of these boards, in no order.</summary>
    public static Task ValuesAsync(Database database, IReadOnlyList<short> boards, int cpuNo, CpuValues into, CancellationToken cancel)
    {
        into.Clear();
        return database.Sql(Values(boards)).With("cpu", cpuNo).EachAsync(into.Add, cancel);
    }

    /// <summary>The median of a model's values on a board with its interval: of many, only those inside the interval are fetched.</summary>
    public static async Task<ScoreMedian?> MedianAsync(Database database, short boardNo, CpuRow cpu, CancellationToken cancel)
    {
        var count = await database.Sql(Count(boardNo)).With("cpu", cpu.No).NumberAsync(cancel) ?? 0;
        if (count == 0)
            return null;
        var before = CpuStatistics.OutsideInterval(count);
        var middle = await database.Sql(Middle(boardNo)).With("cpu", cpu.No).With("before", before).With("limit", count - 2 * before)
            .ListAsync(row => (double)row.GetFloat(0), cancel);
        if (middle.Count == 0)
            return null;
        var median = CpuStatistics.MedianOf([.. middle], count);
        return new ScoreMedian(median.Median, new MedianRange(count, median.Low, median.High, median.Confidence));
    }

    internal static string Values(IEnumerable<short> boards) => $"select {string.Join(", ", boards.Select(no => $"v{no}"))} from standing where cpu_no = @cpu";

    internal static string Count(short boardNo) => $"select count(*) from standing where cpu_no = @cpu and v{boardNo} is not null";

    internal static string Middle(short boardNo) =>
        $"select v{boardNo} from standing where cpu_no = @cpu and v{boardNo} is not null order by v{boardNo} limit @limit offset @before";

    public static async Task<IReadOnlyList<ListedResult>> NewestAsync(Database database, int cpuNo, CancellationToken cancel) =>
        [.. (await database.Sql(Newest).With("cpu", cpuNo).ListAsync(ListedResult.Map, cancel)).OrderByDescending(result => result.No)];

    internal static CpuRow Map(DbDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.GetInt64(5));
}
