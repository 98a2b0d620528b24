using System.Text.RegularExpressions;
using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Features.Cpus;
using PcBench.Backend.Features.Exports;
using PcBench.Backend.Features.Leaderboard;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Features.Search;
using PcBench.Backend.Features.Submissions;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.Platform.Events.Embedded;

namespace PcBench.ServiceTests.Storage;

/// <summary>
/// A query that reads a whole table gives the right answer, only ever more slowly: no test of answers finds it. These
/// read the plans.
/// </summary>
public sealed partial class QueryPlanTests
{
    public static TheoryData<string, string> InOrder => new()
    {
        { "first page", LeaderboardSql.TextOf(Filter(), 1, Dialect.Sqlite) },
        { "next page", LeaderboardSql.TextOf(Filter() with { After = new Cursor(1, 1) }, 1, Dialect.Sqlite) },
        { "next page where lower is better", LeaderboardSql.TextOf(Filter("memory-latency") with { After = new Cursor(1, 1) }, 9, Dialect.Sqlite) },
        { "by vendor", LeaderboardSql.TextOf(Filter() with { Vendor = "AMD", After = new Cursor(1, 1) }, 1, Dialect.Sqlite) },
        { "by model", LeaderboardSql.TextOf(Filter() with { Cpu = "x", After = new Cursor(1, 1) }, 1, Dialect.Sqlite) },
        { "by what the index holds", LeaderboardSql.TextOf(Filter() with { Cores = (1, 8), Os = OsFamily.Linux, Virtual = false, Since = new(2026, 1, 1), Until = new(2026, 2, 1) }, 1, Dialect.Sqlite) },
        { "models", CpuSql.MostMeasured },
        { "middle of a model", CpuSql.Middle(1) },
        { "newest of a model", CpuSql.Newest },
        { "found by model", SearchSql.NewestText(SearchSql.OfCpu) },
        { "found by main board", SearchSql.NewestText(SearchSql.OfMainboard) },
        { "export", ExportSql.Page },
        { "unpublished events", EmbeddedSql.Unpublished },
        { "due deliveries", EmbeddedSql.Due },
    };

    public static TheoryData<string, string> Lookups => new()
    {
        { "result", ResultSql.Find },
        { "obstacle", Obstacles.Find },
        { "model", CpuSql.ById },
        { "words", SearchSql.Matching(["amd", "ryzen"]) },
        { "values of a model", CpuSql.Values([1, 2]) },
        { "peers", AssessmentSql.PeerFigures([1, 2]) },
        { "to assess again", AssessmentSql.ToReassess },
        { "events to forget", EmbeddedSql.Forget },
    };

    [Theory]
    [MemberData(nameof(InOrder))]
    public async Task Lists_come_in_the_order_of_an_index(string name, string sql)
    {
        var plan = await PlanAsync(sql);
        plan.ShouldNotContain("TEMP B-TREE", customMessage: name);
        WholeTable().IsMatch(plan).ShouldBeFalse($"{name}: {plan}");
    }

    [Fact]
    public async Task Rows_that_a_filter_leaves_out_are_not_looked_up() =>
        (await PlanAsync(LeaderboardSql.TextOf(Filter() with { Cores = (1, 8), Os = OsFamily.Linux, Virtual = false, Since = new(2026, 1, 1) }, 1, Dialect.Sqlite)))
            .ShouldContain("COVERING INDEX standing_v1");

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task Lookups_go_by_an_index(string name, string sql)
    {
        var plan = await PlanAsync(sql);
        WholeTable().IsMatch(plan).ShouldBeFalse($"{name}: {plan}");
    }

    private static LeaderboardFilter Filter(string board = "single") => new(Board.Find(board)!, null, null, null, null, null, null, null, 50, null);

    private static async Task<string> PlanAsync(string sql)
    {
        await using var app = new BackendApp();
        app.CreateClient().Dispose();
        var statement = app.Database.Sql("explain query plan " + sql);
        foreach (var parameter in Parameter().Matches(sql).Select(match => match.Groups[1].Value).Distinct())
            statement.With(parameter, 1);
        return string.Join('\n', await statement.ListAsync(row => row.GetString(3), TestContext.Current.CancellationToken));
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();

    /// <summary>A scan of a table, or of a whole index where no limit ends it early; results of subqueries may be scanned.</summary>
    [GeneratedRegex(@"SCAN (?!(\(|n$|m$|p$|CONSTANT|cpu USING INDEX cpu_by_results|event USING (COVERING )?INDEX event_to_publish))", RegexOptions.Multiline)]
    private static partial Regex WholeTable();
}
