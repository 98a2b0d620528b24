using System.Text;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Leaderboard;

/// <summary>
/// A page of a board. The rows come in the order of an index, from the cursor on, so a page costs its own rows wherever it
/// lies. Filters by vendor, CPU model and cores have an index of their own; the others are read off the index as it passes,
/// and only the rows of the page are looked up.
/// </summary>
internal static class LeaderboardSql
{
    private const string Between = "n.cores between @minCores and @maxCores";

    /// <returns>The rows in order; one more than asked for where there is a next page.</returns>
    public static async Task<IReadOnlyList<ListedResult>> PageAsync(Database database, short boardNo, LeaderboardFilter filter, CancellationToken cancel)
    {
        var statement = database.Sql(TextOf(filter, boardNo, database.Dialect)).With("limit", filter.Limit + 1);
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
    internal static string TextOf(LeaderboardFilter filter, short boardNo, Dialect dialect)
    {
        var (direction, beyond) = filter.Board.Better == Better.Higher ? ("desc", "<") : ("asc", ">");
        var (value, factor) = ($"v{boardNo}", $"f{boardNo}");
        var conditions = new StringBuilder($"n.{value} is not null");
        Add(filter.After is not null, $"(n.{value}, n.result_no) {beyond} (@value, @no)");
        Add(filter.Vendor is not null, "n.vendor = @vendor");
        Add(filter.Cpu is not null, "n.cpu_no = (select no from cpu where id = @cpu)");
        Add(filter.Os is not null, "n.os = @os");
        Add(filter.Virtual is not null, "n.virtual = @virtual");
        Add(filter.Since is not null, "n.measured_at >= @since");
        Add(filter.Until is not null, "n.measured_at < @until");
        var order = $"order by n.{value} {direction}, n.result_no {direction} limit @limit";
        var page = (filter.Cores, dialect, filter.Board.IsScore) switch
        {
            (null, _, _) => From("standing"),
            (_, Dialect.Postgres, true) when filter.Cpu is null => FromEachCount(),
            _ => From("standing", Between),
        };
        return $"""
            select {boardNo}, s.{value}, s.{factor}, {ListedResult.Columns} from ({page}) p
            join standing s on s.result_no = p.result_no join result r on r.no = p.result_no join cpu c on c.no = r.cpu_no
            """;

        void Add(bool wanted, string condition) => conditions.Append(wanted ? " and " + condition : "");

        string From(string table, string? cores = null) =>
            $"select n.result_no, n.{value} from {table} n where {conditions}{(cores is null ? "" : " and " + cores)} {order}";

        // Machines of few cores stand far down on a board of all threads. So each count of cores is asked for its own best:
        // the counts by hopping from one to the next, and of the rows that are not sorted yet all at once.
        string FromEachCount() => $"""
            with recursive counts as (
                select min(cores) as cores from standing_sorted where cores >= @minCores
                union all
                select (select min(s.cores) from standing_sorted s where s.cores > counts.cores) from counts where cores < @maxCores)
            select * from (
                select best.* from counts cross join lateral ({From(Standing.SortedIn(dialect), "n.cores = counts.cores")}) best where counts.cores <= @maxCores
                union all
                ({From(Standing.FreshIn(dialect), Between)})) n
            {order}
            """;
    }

    private static long Start(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
