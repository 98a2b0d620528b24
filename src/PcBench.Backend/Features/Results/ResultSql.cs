using System.Data.Common;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Results;

/// <summary>A stored result without its document.</summary>
internal sealed record ResultRow(
    StandingResult Standing, byte[] OwnerKey, Visibility Visibility, Fit? Fit, bool Counts, DateTimeOffset SubmittedAt, string CpuId, string? Assessment)
{
    /// <summary>Whether it may be on the boards: public and not flagged.</summary>
    public static bool MayCount(Visibility visibility, Fit? fit) => visibility == Visibility.Public && fit != Contracts.Api.Fit.Flagged;
}

internal static class ResultSql
{
    internal const string Find = """
        select r.no, r.id, r.cpu_no, r.cpu_name, r.vendor, r.microarchitecture, r.cores, r.os, r.virtual, r.measured_at,
            r.owner_key, r.visibility, r.fit, r.counts, r.submitted_at, c.id, a.body
        from result r join cpu c on c.no = r.cpu_no left join assessment a on a.result_no = r.no
        where r.id = @id
        """;
    private const string SetVisibility = "update result set visibility = @visibility where no = @no";
    private const string Bury = "insert into tombstone (id, measurement) select id, measurement from result where no = @no";
    private static readonly string[] Remove =
    [
        "delete from result_document where result_no = @no",
        "delete from assessment where result_no = @no",
        "delete from result where no = @no",
    ];

    public static Task<ResultRow?> FindAsync(Database database, string id, CancellationToken cancel) =>
        database.Sql(Find).With("id", id).FirstAsync(Map, cancel);

    public static Task<ResultRow?> FindAsync(Write write, string id, CancellationToken cancel) =>
        write.Sql(Find).With("id", id).FirstAsync(Map, cancel);

    public static Task SetVisibilityAsync(Write write, long no, Visibility visibility, CancellationToken cancel) =>
        write.Sql(SetVisibility).With("no", no).With("visibility", visibility).ExecuteAsync(cancel);

    /// <summary>Removes a result that no longer counts, and leaves its tombstone.</summary>
    public static async Task DeleteAsync(Write write, long no, CancellationToken cancel)
    {
        await write.Sql(Bury).With("no", no).ExecuteAsync(cancel);
        foreach (var statement in Remove)
            await write.Sql(statement).With("no", no).ExecuteAsync(cancel);
    }

    private static ResultRow Map(DbDataReader row) => new(
        new StandingResult(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.TextOrNull(5),
            row.GetInt32(6), (OsFamily)row.GetInt32(7), row.GetFlag(8), row.GetTime(9)),
        row.GetBytes(10), (Visibility)row.GetInt32(11), row.IsDBNull(12) ? null : (Fit)row.GetInt32(12), row.GetFlag(13),
        row.GetTime(14), row.GetString(15), row.TextOrNull(16));
}
