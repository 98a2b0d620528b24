using System.Text.Json;
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

namespace PcBench.ServiceTests.Storage;

/// <summary>
/// What PostgreSQL does for the statements of a page, with enough rows that it matters: it must come to its rows by an index
/// and look at few more than it gives, whether a filter leaves out nearly all of them or none.
/// </summary>
public sealed class PostgresPlanTests(FullStore full) : IClassFixture<FullStore>
{
    /// <summary>Of <see cref="FullStore.Results"/>; a page has 51.</summary>
    private const int Few = 2_500;

    private static readonly Dictionary<string, (string Sql, (string Name, object Value)[] Values)> Statements = new()
    {
        ["first page"] = Page(Filter()),
        ["next page"] = Page(Filter() with { After = new Cursor(500, 7) }),
        ["last page"] = Page(Filter() with { After = new Cursor(1.5, 7) }),
        ["first page where lower is better"] = Page(Filter("memory-latency")),
        ["next page where lower is better"] = Page(Filter("memory-latency") with { After = new Cursor(500, 7) }),
        ["by common vendor"] = Page(Filter() with { Vendor = "Common" }),
        ["by common vendor, next page"] = Page(Filter() with { Vendor = "Common", After = new Cursor(500, 7) }),
        ["by rare vendor"] = Page(Filter() with { Vendor = "Rare" }),
        ["by common vendor, of a workload"] = Page(Filter("sort.single") with { Vendor = "Common" }),
        ["by rare vendor, of a workload"] = Page(Filter("sort.single") with { Vendor = "Rare" }),
        ["by unknown vendor"] = Page(Filter() with { Vendor = "Nobody" }),
        ["by model"] = Page(Filter() with { Cpu = "model-7" }),
        ["by model, next page"] = Page(Filter() with { Cpu = "model-7", After = new Cursor(500, 7) }),
        ["by model, of a workload"] = Page(Filter("sort.single") with { Cpu = "model-7" }),
        ["by common cores"] = Page(Filter() with { Cores = (1, 64) }),
        ["by rare cores"] = Page(Filter() with { Cores = (96, 128) }),
        ["by few cores where many are better"] = Page(Filter("multi") with { Cores = (2, 4) }),
        ["by few cores where many are better, next page"] = Page(Filter("multi") with { Cores = (2, 4), After = new Cursor(2_300, 7) }),
        ["by few cores and all else where many are better"] = Page(Filter("multi") with { Vendor = "Common", Cores = (2, 4), Os = OsFamily.Linux, Virtual = false, Since = new(2020, 1, 1) }),
        ["by one count of cores"] = Page(Filter("multi") with { Cores = (2, 2) }),
        ["by common system"] = Page(Filter() with { Os = OsFamily.Linux }),
        ["by long time"] = Page(Filter() with { Since = new(2020, 1, 1), Until = new(2030, 1, 1) }),
        ["by short time"] = Page(Filter() with { Since = new(2026, 9, 20) }),
        ["by all at once"] = Page(Filter() with { Vendor = "Common", Cores = (1, 64), Os = OsFamily.Linux, Virtual = false, Since = new(2020, 1, 1) }),
        ["result"] = (ResultSql.Find, [("id", "id-77")]),
        ["obstacle"] = (Obstacles.Find, [("id", "id-77"), ("measurement", new byte[] { 1 })]),
        ["model"] = (CpuSql.ById, [("id", "model-7")]),
        ["values of a model"] = (CpuSql.Values([1, 2]), [("cpu", 7)]),
        ["count of a model"] = (CpuSql.Count(1), [("cpu", 7)]),
        ["middle of a model"] = (CpuSql.Middle(1), [("cpu", 7), ("before", 50L), ("limit", 2L)]),
        ["newest of a model"] = (CpuSql.Newest, [("cpu", 7)]),
        ["models"] = (CpuSql.MostMeasured, []),
        ["found by model"] = (SearchSql.NewestText(SearchSql.OfCpu), [("no", 7)]),
        ["found by main board"] = (SearchSql.NewestText(SearchSql.OfMainboard), [("no", 7)]),
        ["export"] = (ExportSql.Page, [("after", 10_000), ("limit", 65)]),
        ["peers"] = (AssessmentSql.PeerFigures([1, 2]), [("cpu", 7), ("threads", 16), ("result", 7)]),
        ["to assess again"] = (AssessmentSql.ToReassess, [("cpu", 7), ("threads", 16), ("result", 7), ("peers", 5)]),
    };

    public static TheoryData<string> Names => [.. Statements.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_statement_comes_to_its_rows_by_an_index_and_looks_at_few(string name)
    {
        using var plan = await ExplainAsync(Statements[name]);
        var text = plan.RootElement.ToString();
        var nodes = NodesOf(plan.RootElement[0].GetProperty("Plan")).ToList();
        nodes.ShouldNotContain(node => TypeOf(node) == "Seq Scan" && IsLarge(node), text);
        nodes.Where(IsScan).Sum(LookedAt).ShouldBeLessThan(Few, text);
    }

    // Machines of few cores stand at the end of a board of all threads, so the whole of it is passed; a workload's has no index by vendor or cores.
    [Theory]
    [InlineData("Common")]
    [InlineData(null)]
    public async Task What_a_filter_of_a_workloads_board_leaves_out_is_not_looked_up(string? vendor)
    {
        var filter = Filter(FullStore.ByCores.Name) with { Vendor = vendor, Cores = (2, 4), Os = OsFamily.Linux, Virtual = false };

        using var plan = await ExplainAsync(Page(filter));

        var leavingOut = NodesOf(plan.RootElement[0].GetProperty("Plan")).Where(node => Removed(node, "Filter") > 0 && IsScan(node)).ToList();
        leavingOut.ShouldNotBeEmpty();
        leavingOut.ShouldAllBe(node => TypeOf(node) == "Index Only Scan", plan.RootElement.ToString());
    }

    private async Task<JsonDocument> ExplainAsync((string Sql, (string Name, object Value)[] Values) asked)
    {
        var statement = full.App.Database.Sql("explain (analyze, format json) " + asked.Sql);
        foreach (var (parameter, value) in asked.Values)
            statement.With(parameter, value);
        return JsonDocument.Parse((await statement.FirstAsync(row => row.GetString(0), TestContext.Current.CancellationToken))!);
    }

    private static LeaderboardFilter Filter(string board = "single") => new(Board.Find(board)!, null, null, null, null, null, null, null, 50, null);

    private static (string, (string, object)[]) Page(LeaderboardFilter filter)
    {
        List<(string, object)> values = [("limit", 51)];
        if (filter.After is { } after)
            values.AddRange([("value", after.Value), ("no", after.No)]);
        if (filter.Vendor is { } vendor)
            values.Add(("vendor", vendor));
        if (filter.Cpu is { } cpu)
            values.Add(("cpu", cpu));
        if (filter.Cores is { } cores)
            values.AddRange([("minCores", cores.Min), ("maxCores", cores.Max)]);
        if (filter.Os is { } os)
            values.Add(("os", os));
        if (filter.Virtual is { } isVirtual)
            values.Add(("virtual", isVirtual));
        if (filter.Since is { } since)
            values.Add(("since", MillisecondsOf(since)));
        if (filter.Until is { } until)
            values.Add(("until", MillisecondsOf(until)));
        return (LeaderboardSql.TextOf(filter, (short)FullStore.NumberOf(filter.Board), Dialect.Postgres), [.. values]);
    }

    private static long MillisecondsOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static IEnumerable<JsonElement> NodesOf(JsonElement node) =>
        node.TryGetProperty("Plans", out var inner) ? inner.EnumerateArray().SelectMany(NodesOf).Prepend(node) : [node];

    private static string TypeOf(JsonElement node) => node.GetProperty("Node Type").GetString()!;

    private static bool IsScan(JsonElement node) => TypeOf(node).EndsWith("Scan", StringComparison.Ordinal) && TypeOf(node) is not ("Subquery Scan" or "CTE Scan") && (!node.TryGetProperty("Relation Name", out _) || IsLarge(node));

    private static bool IsLarge(JsonElement node) => node.GetProperty("Relation Name").GetString() is "result" or "standing_sorted" or "assessment" or "term";

    private static double LookedAt(JsonElement node) => node.GetProperty("Actual Loops").GetDouble() * (node.GetProperty("Actual Rows").GetDouble() + Removed(node, "Filter") + Removed(node, "Index Recheck"));

    private static double Removed(JsonElement node, string by) => node.TryGetProperty($"Rows Removed by {by}", out var rows) ? rows.GetDouble() : 0;
}
