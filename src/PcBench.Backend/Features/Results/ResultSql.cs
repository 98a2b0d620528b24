using System.Data.Common;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Results;

/// <summary>A stored result without its document.</summary>
internal sealed record ResultRow(
    StandingResult Standing, byte[] OwnerKey, Visibility Visibility, Fit? Fit, bool Counts, DateTimeOffset SubmittedAt, string CpuId, string? Assessment, bool IsAccepted)
{
    /// <summary>Whether it may be on the boards: public, and not flagged or accepted in spite of its flag.</summary>
    public static bool MayCount(Visibility visibility, Fit? fit, bool isAccepted) => visibility == Visibility.Public && (fit != Contracts.Api.Fit.Flagged || isAccepted);
}

internal static class ResultSql
{
    internal const string Find = """
        select r.no, r.id, r.cpu_no, r.cpu_name, r.vendor, r.microarchitecture, r.cores, r.threads, r.os, r.virtual, r.measured_at,
            r.owner_key, r.visibility, a.fit, s.result_no, r.submitted_at, c.id, a.body,
            (select d.accepted from decision d where d.result_no = r.no order by d.no desc limit 1)
        from result r join cpu c on c.no = r.cpu_no left join assessment a on a.result_no = r.no left join standing s on s.result_no = r.no
        where r.id = @id
        """;

    // Whoever changes a result has it alone until the transaction ends.
    private const string Hold = "select no from result where id = @id for update";
    private const string SetVisibility = "update result set visibility = @visibility where no = @no";
    private const string Bury = "insert into tombstone (id, measurement) select id, measurement from result where no = @no";
    private static readonly string[] Remove =
    [
        "delete from result_document where result_no = @no",
        "delete from assessment where result_no = @no",
        "delete from appeal where result_no = @no",
        "delete from decision where result_no = @no",
        "delete from result where no = @no",
    ];

    public static Task<ResultRow?> FindAsync(Database database, string id, CancellationToken cancel) =>
        database.Sql(Find).With("id", id).FirstAsync(Map, cancel);

    /// <summary>Finds a result that is to be changed.</summary>
    public static async Task<ResultRow?> FindAsync(Write write, string id, CancellationToken cancel)
    {
        if (write.Dialect == Dialect.Postgres)
            await write.Sql(Hold).With("id", id).ExecuteAsync(cancel);
        return await write.Sql(Find).With("id", id).FirstAsync(Map, cancel);
    }

    public static Task SetVisibilityAsync(Write write, int no, Visibility visibility, CancellationToken cancel) =>
        write.Sql(SetVisibility).With("no", no).With("visibility", visibility).ExecuteAsync(cancel);

    /// <summary>Removes a result that no longer counts, and leaves its tombstone.</summary>
    public static async Task DeleteAsync(Write write, int no, CancellationToken cancel)
    {
        await write.Sql(Bury).With("no", no).ExecuteAsync(cancel);
        foreach (var statement in Remove)
            await write.Sql(statement).With("no", no).ExecuteAsync(cancel);
    }

    private static ResultRow Map(DbDataReader row) => new(
        new StandingResult(
            row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.TextOrNull(5),
            row.GetInt32(6), row.GetInt32(7), (OsFamily)row.GetInt32(8), row.GetFlag(9), row.GetTime(10)),
        row.GetBytes(11), (Visibility)row.GetInt32(12), row.IsDBNull(13) ? null : (Fit)row.GetInt32(13), !row.IsDBNull(14),
        row.GetTime(15), row.GetString(16), row.TextOrNull(17), !row.IsDBNull(18) && row.GetFlag(18));
}
