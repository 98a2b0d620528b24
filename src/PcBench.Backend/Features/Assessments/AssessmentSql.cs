using System.Text.Json;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Assessments;

/// <summary>What a result is compared with.</summary>
/// <param name="Count">Other results that it can be compared with.</param>
/// <param name="Figures">Their figures, by workload.</param>
internal sealed record Peers(int Count, IReadOnlyDictionary<string, IReadOnlyList<double>> Figures);

internal static class AssessmentSql
{
    // Of the same model with as many threads: a virtual machine with 2 threads of a processor says nothing of one with 64.
    private const string PeersOf = """
        from standing s join result r on r.no = s.result_no
        where s.cpu_no = @cpu and r.threads = @threads and s.result_no <> @result order by s.result_no desc limit 500
        """;
    private const string PeersOfModel = """
        from standing s join result r on r.no = s.result_no join cpu c on c.no = s.cpu_no
        where c.id = @cpu and r.threads = @threads order by s.result_no desc limit 500
        """;
    private const string Store = """
        insert into assessment (result_no, cpu_no, threads, fit, peers, body) values (@result, @cpu, @threads, @fit, @peers, @body)
        on conflict (result_no) do update set fit = excluded.fit, peers = excluded.peers, body = excluded.body
        """;

    // At each new peer while they are few, at each doubling after that: a dozen times in a result's life.
    internal const string ToReassess = """
        select r.id from assessment a join result r on r.no = a.result_no
        where a.cpu_no = @cpu and a.threads = @threads and a.fit = 0 and a.result_no <> @result
            and (a.peers < @peers and a.peers < 8 or (a.peers + 1) * 2 <= @peers)
        order by a.result_no limit 20
        """;

    internal static string PeerFigures(IEnumerable<short> boards) => $"select {FiguresOf(boards)} {PeersOf}";

    private static string FiguresOf(IEnumerable<short> boards) => string.Join(", ", boards.Select(no => $"s.v{no}"));

    /// <summary>Figures of other results of the same model with as many threads.</summary>
    public static Task<Peers> PeersAsync(Database database, BoardNumbers numbers, StandingResult result, CancellationToken cancel) =>
        PeersAsync(database.Sql(PeerFigures(numbers.All)).With("cpu", result.CpuNo).With("threads", result.Threads).With("result", result.No), numbers, cancel);

    /// <summary>Figures of results of a model with as many threads.</summary>
    public static Task<Peers> PeersAsync(Database database, BoardNumbers numbers, string cpuId, int threads, CancellationToken cancel) =>
        PeersAsync(database.Sql($"select {FiguresOf(numbers.All)} {PeersOfModel}").With("cpu", cpuId).With("threads", threads), numbers, cancel);

    private static async Task<Peers> PeersAsync(Statement select, BoardNumbers numbers, CancellationToken cancel)
    {
        var boards = numbers.All;
        var figures = boards.Select(_ => new List<double>()).ToList();
        var count = 0;
        await select.EachAsync(
            row =>
            {
                count++;
                for (var i = 0; i < boards.Count; i++)
                {
                    if (!row.IsDBNull(i))
                        figures[i].Add(row.GetFloat(i));
                }
            },
            cancel);
        return new Peers(count, boards.Index().Where(board => figures[board.Index].Count > 0)
            .ToDictionary(board => numbers.Find(board.Item)!.Name, board => (IReadOnlyList<double>)figures[board.Index]));
    }

    public static async Task StoreAsync(Write write, StandingResult result, int peers, Assessment assessment, CancellationToken cancel)
    {
        await write.Sql(Store).With("result", result.No).With("cpu", result.CpuNo).With("threads", result.Threads).With("fit", assessment.Fit)
            .With("peers", peers).With("body", JsonSerializer.Serialize(assessment, ApiJson.Default.Assessment)).ExecuteAsync(cancel);
    }

    public static Task<List<string>> ToReassessAsync(Database database, StandingResult result, int peers, CancellationToken cancel) =>
        database.Sql(ToReassess).With("cpu", result.CpuNo).With("threads", result.Threads).With("result", result.No).With("peers", peers).ListAsync(row => row.GetString(0), cancel);
}
