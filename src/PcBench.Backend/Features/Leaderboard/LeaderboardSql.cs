using System.Text;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Leaderboard;

/// <summary>
/// A page of a board. The rows come in the order of an index, from the cursor on, so a page costs its own rows wherever it
/// lies. Filters by vendor and CPU model have an index of their own; the others are read off the index as it passes.
/// </summary>
internal static class LeaderboardSql
{
    public static Task<List<ListedResult>> PageAsync(Database database, long boardNo, LeaderboardFilter filter, CancellationToken cancel)
    {
        var statement = database.Sql(TextOf(filter)).With("board", boardNo).With("limit", filter.Limit + 1);
        if (filter.After is { } after)
            statement.With("value", after.Value).With("no", after.No);
        if (filter.Vendor is not null)
            statement.With("vendor", filter.Vendor);
        if (filter.Cpu is not null)
            statement.With("cpu", filter.Cpu);
        if (filter.Cores is { } cores)
            statement.With("minCores", cores.Min).With("maxCores", cores.Max);
        if (filter.Os is { } os)
            statement.With("os", os);
        if (filter.Virtual is { } isVirtual)
            statement.With("virtual", isVirtual);
        if (filter.Since is { } since)
            statement.With("since", Start(since));
        if (filter.Until is { } until)
            statement.With("until", Start(until.AddDays(1)));
        return statement.ListAsync(ListedResult.Map, cancel);
    }

    /// <summary>The statement for these filters: pieces of this text alone, every value is a parameter.</summary>
    internal static string TextOf(LeaderboardFilter filter)
    {
        var (direction, beyond) = filter.Board.Better == Better.Higher ? ("desc", "<") : ("asc", ">");
        var sql = new StringBuilder("select v.board_no, v.value, v.low, v.high, ").Append(ListedResult.Columns)
            .Append(" from board_value v join result r on r.no = v.result_no join cpu c on c.no = r.cpu_no where v.board_no = @board");
        Add(filter.After is not null, $" and (v.value, v.result_no) {beyond} (@value, @no)");
        Add(filter.Vendor is not null, " and v.vendor = @vendor");
        Add(filter.Cpu is not null, " and v.cpu_no = (select no from cpu where id = @cpu)");
        Add(filter.Cores is not null, " and v.cores between @minCores and @maxCores");
        Add(filter.Os is not null, " and v.os = @os");
        Add(filter.Virtual is not null, " and v.virtual = @virtual");
        Add(filter.Since is not null, " and v.measured_at >= @since");
        Add(filter.Until is not null, " and v.measured_at < @until");
        return sql.Append($" order by v.value {direction}, v.result_no {direction} limit @limit").ToString();

        void Add(bool wanted, string condition)
        {
            if (wanted)
                sql.Append(condition);
        }
    }

    private static long Start(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
