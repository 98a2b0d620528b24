using PcBench.Contracts;

namespace PcBench.ServiceTests.Storage;

/// <summary>PostgreSQL with rows that SQL made: enough that reading all of them is not the cheapest way.</summary>
public sealed class FullStore : IAsyncLifetime
{
    public const int Results = 20_000;

    // A vendor that nearly all have and one of 20 results; few machines of many cores, which are the better the more on board 2,
    // multi, and on a workload's; 100 results of each model.
    private static string Fill => $"""
        insert into cpu (id, name, vendor, results) select 'model-' || i, 'Model ' || i, 'Common', {Results / 200} from generate_series(1, 200) i;
        insert into mainboard (name) select 'Board ' || i from generate_series(1, 200) i;
        insert into term (kind, word, no) select 0, w, i from generate_series(1, 200) i, unnest(array['model', i::text]) w;
        insert into result (
            id, owner_key, measurement, visibility, submitted_at, measured_at, cpu_no, cpu_name, vendor, cores, threads, memory_mib,
            os, virtual, mainboard_no, headline_board, headline_value, headline_factor)
        select 'id-' || i, '\x00', int4send(i), 2, i, {At}, 1 + i % 200, 'Model', {Vendor}, {Cores}, 16, 65536, {Os}, 0, 1 + i % 200, 1, 1, 1.01
        from generate_series(1, {Results}) i;
        insert into standing_sorted (result_no, cpu_no, vendor, cores, os, virtual, measured_at, {Columns(no => $"v{no}, f{no}")})
        select r.no, r.cpu_no, r.vendor, r.cores, r.os, r.virtual, r.measured_at, {Columns(no => (no == 2 || no == NumberOf(ByCores) ? "r.cores * 1000" : "1") + " + random() * 1000, 1.01")} from result r;
        insert into assessment (result_no, cpu_no, threads, fit, peers, body) select no, cpu_no, threads, no / 200 % 5, 3, '' from result;
        analyze;
        """;

    private const string At = "1750000000000 + i::bigint * 2000000"; // of 2025 and 2026
    private const string Vendor = "case when i % 1000 = 0 then 'Rare' else 'Common' end";
    private const string Cores = "case when i % 2000 = 1 then 128 else 2 + i % 32 end";
    private const string Os = "case when i % 10 = 0 then 1 else 0 end";

    /// <summary>A workload's board that machines of many cores lead.</summary>
    internal static Board ByCores => Board.Find("sort.multi")!;

    internal BackendApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await BackendApp.OnAsync(Store.Replicated);
        App.CreateClient().Dispose();
        await App.Database.WriteAsync((write, cancel) => write.Sql(Fill).ExecuteAsync(cancel), TestContext.Current.CancellationToken);
        await App.Database.Sql("vacuum result, standing_sorted, assessment").ExecuteAsync(TestContext.Current.CancellationToken); // as the server does by itself, later
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    internal static int NumberOf(Board board) => Board.All.Index().First(one => one.Item == board).Index + 1;

    private static string Columns(Func<int, string> of) => string.Join(", ", Enumerable.Range(1, Board.All.Count).Select(of));
}
