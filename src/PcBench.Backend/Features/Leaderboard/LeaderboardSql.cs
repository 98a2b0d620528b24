using System.Text;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Leaderboard;

/// <summary>
/// A page of a board. The rows come in the order of an index, from the cursor on, so a page costs its own rows wherever it
/// lies. Filters by vendor and CPU model have an index of their own; the others are read off the index as it passes, and
/// only the rows of the page are looked up.
/// </summary>
internal static class LeaderboardSql
{
    /// <returns>The rows in order; one more than asked for where there is a next page.</returns>
    public static async Task<IReadOnlyList<ListedResult>> PageAsync(Database database, short boardNo, LeaderboardFilter filter, CancellationToken cancel)
    {
        var statement = database.Sql(TextOf(filter, boardNo)).With("limit", filter.Limit + 1);
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
        var rows = await statement.ListAsync(ListedResult.Map, cancel);
        var ascending = rows.OrderBy(row => row.Value).ThenBy(row => row.No);
        return filter.Board.Better == Better.Higher ? [.. ascending.Reverse()] : [.. ascending];
    }

    /// <summary>The statement for these filters: pieces of this text alone, every value is a parameter.</summary>
    internal static string TextOf(LeaderboardFilter filter, short boardNo)
    {
        var (direction, beyond) = filter.Board.Better == Better.Higher ? ("desc", "<") : ("asc", ">");
        var (value, factor) = ($"v{boardNo}", $"f{boardNo}");
        var sql = new StringBuilder($"select {boardNo}, s.{value}, s.{factor}, {ListedResult.Columns}")
            .Append($" from (select n.result_no from standing n where n.{value} is not null");
        Add(filter.After is not null, $" and (n.{value}, n.result_no) {beyond} (@value, @no)");
        Add(filter.Vendor is not null, " and n.vendor = @vendor");
        Add(filter.Cpu is not null, " and n.cpu_no = (select no from cpu where id = @cpu)");
        Add(filter.Cores is not null, " and n.cores between @minCores and @maxCores");
        Add(filter.Os is not null, " and n.os = @os");
        Add(filter.Virtual is not null, " and n.virtual = @virtual");
        Add(filter.Since is not null, " and n.measured_at >= @since");
        Add(filter.Until is not null, " and n.measured_at < @until");
        sql.Append($" order by n.{value} {direction}, n.result_no {direction} limit @limit) p");
        return sql.Append(" join standing s on s.result_no = p.result_no join result r on r.no = p.result_no join cpu c on c.no = r.cpu_no").ToString();

        void Add(bool wanted, string condition)
        {
            if (wanted)
                sql.Append(condition);
        }
    }

    private static long Start(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
