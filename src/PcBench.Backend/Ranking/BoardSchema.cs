using PcBench.Contracts;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Gives each board its number, its two columns in standing and its indexes. A new workload gets them with the next
/// migration, without a file of its own; the release before does not see them.
/// </summary>
internal static class BoardSchema
{
    private const string Lock = "select pg_advisory_xact_lock(7226832)"; // that of the migrations
    private const string AddNumber = "insert into board (no, name) select coalesce(max(no), 0) + 1, @name from board where true on conflict (name) do nothing";

    // What "*" stands for is fixed when a view is made.
    private const string View = "create or replace view standing as select * from standing_sorted union all select * from standing_fresh";

    public static Task AddMissingAsync(Database database, CancellationToken cancel) => database.WriteAsync(
        async (write, token) =>
        {
            if (write.Dialect == Dialect.Postgres)
                await write.Sql(Lock).ExecuteAsync(token);
            foreach (var board in Board.All)
                await write.Sql(AddNumber).With("name", board.Name).ExecuteAsync(token);
            var columns = await ColumnsAsync(write, "standing", token);
            var boards = await write.Sql("select no, name from board order by no").ListAsync(row => (No: row.GetInt16(0), Board: Board.Find(row.GetString(1))), token);
            foreach (var (no, board) in boards)
            {
                if (!columns.Contains($"v{no}"))
                    await write.Sql(ColumnsOf(no, board, write.Dialect)).ExecuteAsync(token);
            }

            if (write.Dialect == Dialect.Postgres)
                await write.Sql(View).ExecuteAsync(token);

            await TakeOverAsync(write, boards.Select(board => board.No), token);
            return true;
        },
        cancel);

    private static string ColumnsOf(int no, Board? board, Dialect dialect)
    {
        // On the embedded store the index holds what is filtered by, so that rows which a filter leaves out are not looked up.
        var filters = dialect == Dialect.Sqlite ? ", cores, os, virtual, measured_at" : "";
        var (sorted, fresh) = (Standing.SortedIn(dialect), Standing.FreshIn(dialect));
        var sql = $"""
            alter table {sorted} add column v{no} real;
            alter table {sorted} add column f{no} real;
            create index standing_v{no} on {sorted} (v{no}, result_no{filters}) where v{no} is not null;
            """;
        if (fresh != sorted)
            sql += $"alter table {fresh} add column v{no} real; alter table {fresh} add column f{no} real;";

        // Scores are asked for by vendor and by CPU model far more often than workloads are.
        return WorkloadCatalog.ScoredKinds.Any(kind => Board.NameOf(kind) == board?.Name)
            ? $"""
              {sql}
              create index standing_v{no}_of_cpu on {sorted} (cpu_no, v{no}, result_no) where v{no} is not null;
              create index standing_v{no}_of_vendor on {sorted} (vendor, v{no}, result_no) where v{no} is not null;
              """
            : sql;
    }

    /// <summary>Takes over the values of an embedded store that kept them in rows.</summary>
    private static async Task TakeOverAsync(Write write, IEnumerable<short> numbers, CancellationToken cancel)
    {
        if (write.Dialect != Dialect.Sqlite || (await ColumnsAsync(write, "board_value", cancel)).Count == 0)
            return;
        foreach (var no in numbers)
        {
            await write.Sql($"""
                update standing set v{no} = b.value, f{no} = b.high / b.value
                from board_value b where b.result_no = standing.result_no and b.board_no = {no}
                """).ExecuteAsync(cancel);
        }

        await write.Sql("drop table board_value").ExecuteAsync(cancel);
    }

    private static async Task<HashSet<string>> ColumnsAsync(Write write, string table, CancellationToken cancel) =>
        [.. await write.Sql(write.Dialect == Dialect.Sqlite
                ? "select name from pragma_table_info(@table)"
                : "select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = @table")
            .With("table", table).ListAsync(row => row.GetString(0), cancel)];
}
