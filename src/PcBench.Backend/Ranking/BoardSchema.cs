using PcBench.Contracts;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Gives each board its number, its two columns in standing and its indexes. A new workload gets them with the next
/// migration, without a file of its own; the release before does not see them.
/// </summary>
internal static class BoardSchema
{
    private const string AddNumber = "insert into board (no, name) select coalesce(max(no), 0) + 1, @name from board where true on conflict (name) do nothing";

    // What "*" stands for is fixed when a view is made.
    private const string View = "create or replace view standing as select * from standing_sorted union all select * from standing_fresh";

    public static Task AddMissingAsync(Database database, CancellationToken cancel) => database.WriteAsync(
        async (write, token) =>
        {
            if (write.Dialect == Dialect.Postgres)
                await write.Sql(MigrationRunner.Lock).ExecuteAsync(token);
            foreach (var board in Board.All)
                await write.Sql(AddNumber).With("name", board.Name).ExecuteAsync(token);
            var columns = await ColumnsAsync(write, "standing", token);
            var boards = await write.Sql("select no, name from board order by no").ListAsync(row => (No: row.GetInt16(0), Board: Board.Find(row.GetString(1))), token);
            foreach (var (no, board) in boards)
            {
                if (!columns.Contains($"v{no}"))
                    await write.Sql(ColumnsOf(no, write.Dialect)).ExecuteAsync(token);
                await write.Sql(IndexesOf(no, board, write.Dialect)).ExecuteAsync(token);
            }

            if (write.Dialect == Dialect.Postgres)
                await write.Sql(View).ExecuteAsync(token);

            await TakeOverAsync(write, boards.Select(board => board.No), token);
        },
        cancel);

    private static string ColumnsOf(int no, Dialect dialect) => string.Concat(
        new[] { Standing.SortedIn(dialect), Standing.FreshIn(dialect) }.Distinct()
            .Select(table => $"alter table {table} add column v{no} real; alter table {table} add column f{no} real;"));

    /// <summary>Each index holds what is filtered by as well, so that rows which a filter leaves out are not looked up in the table.</summary>
    private static string IndexesOf(int no, Board? board, Dialect dialect)
    {
        // When a result was measured says little about its values, so a page of some days is found soon: days are held where there is room.
        var isScore = board is { IsScore: true }; // they are asked for by CPU model, vendor and cores far more often than workloads are
        return (dialect, isScore) switch
        {
            (Dialect.Sqlite, false) => Index("", $"v{no}, result_no, cores, os, virtual, measured_at"),
            (Dialect.Sqlite, true) => IndexesOf(no, null, dialect) + Index("_of_cpu", $"cpu_no, v{no}, result_no") + Index("_of_vendor", $"vendor, v{no}, result_no"),
            // Those that are dropped were of earlier releases, and held fewer filters or none.
            (_, false) => Index("_held", $"v{no}, result_no", "cores, os, virtual, vendor") + Drop("") + Drop("_filtered"),
            (_, true) => Index("_filtered", $"v{no}, result_no", "cores, os, virtual") + Drop("") + Index("_of_cpu", $"cpu_no, v{no}, result_no")
                + Index("_by_vendor", $"vendor, v{no}, result_no", "cores, os, virtual") + Drop("_of_vendor")
                + Index("_by_cores", $"cores, v{no}, result_no", "vendor, os, virtual, measured_at"),
        };

        string Index(string suffix, string key, string? held = null) =>
            $"create index if not exists standing_v{no}{suffix} on {Standing.SortedIn(dialect)} ({key}){(held is null ? "" : $" include ({held})")} where v{no} is not null;";

        string Drop(string suffix) => $"drop index if exists standing_v{no}{suffix};";
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
