using System.Data.Common;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Appeals;

internal static class AppealSql
{
    internal const string List = """
        select r.no, r.id, r.cpu_name, p.text, p.appealed_at, a.body
        from appeal p join result r on r.no = p.result_no left join assessment a on a.result_no = p.result_no
        where @all = 1 or not exists (select 1 from decision d where d.result_no = p.result_no)
        order by p.appealed_at, r.no limit 200
        """;

    private const string Add = "insert into appeal (result_no, text, appealed_at) values (@result, @text, @at) on conflict (result_no) do nothing";
    private const string Find = "select text, appealed_at from appeal where result_no = @result";
    private const string Decisions = "select accepted, reason, decided_at, decided_by from decision where result_no = @result order by no desc";
    private const string Decide = """
        insert into decision (result_no, accepted, decided_by, reason, decided_at) values (@result, @accepted, @by, @reason, @at)
        """;

    /// <returns>Whether it is the first of this result.</returns>
    public static async Task<bool> AddAsync(Write write, int resultNo, string text, DateTimeOffset at, CancellationToken cancel) =>
        await write.Sql(Add).With("result", resultNo).With("text", text).With("at", at.ToUnixTimeMilliseconds()).ExecuteAsync(cancel) > 0;

    public static Task<Appeal?> FindAsync(Statement find, int resultNo, CancellationToken cancel) =>
        find.With("result", resultNo).FirstAsync(row => new Appeal(row.GetString(0), row.GetTime(1)), cancel);

    public static Task<Appeal?> FindAsync(Database database, int resultNo, CancellationToken cancel) => FindAsync(database.Sql(Find), resultNo, cancel);

    public static Task<Appeal?> FindAsync(Write write, int resultNo, CancellationToken cancel) => FindAsync(write.Sql(Find), resultNo, cancel);

    /// <summary>All decisions on a result, the latest first.</summary>
    public static Task<List<Decision>> DecisionsAsync(Database database, int resultNo, CancellationToken cancel) =>
        database.Sql(Decisions).With("result", resultNo)
            .ListAsync(row => new Decision(row.GetFlag(0), row.GetString(1), row.GetTime(2), row.GetString(3)), cancel);

    public static Task DecideAsync(Write write, int resultNo, DecisionRequest decision, DateTimeOffset at, CancellationToken cancel) =>
        write.Sql(Decide).With("result", resultNo).With("accepted", decision.Accepted).With("by", decision.By).With("reason", decision.Reason)
            .With("at", at.ToUnixTimeMilliseconds()).ExecuteAsync(cancel);

    /// <summary>Appeals that wait, or all, the oldest first.</summary>
    public static async Task<IReadOnlyList<AppealCase>> ListAsync(Database database, bool all, CancellationToken cancel)
    {
        var rows = await database.Sql(List).With("all", all).ListAsync(row => (No: row.GetInt32(0), Case: CaseOf(row)), cancel);
        var cases = new List<AppealCase>(rows.Count);
        foreach (var (no, found) in rows)
            cases.Add(all ? found with { Decisions = await DecisionsAsync(database, no, cancel) } : found);
        return cases;
    }

    private static AppealCase CaseOf(DbDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetTime(4),
        row.TextOrNull(5) is { } json ? JsonSerializer.Deserialize(json, ApiJson.Default.Assessment) : null, []);
}

/// <summary>An owner's appeal.</summary>
internal sealed record Appeal(string Text, DateTimeOffset AppealedAt);
