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
    internal const string PeerFigures = """
        select v.result_no, v.board_no, v.value
        from (
            select p.no from result p join result r on r.cpu_no = p.cpu_no and r.threads = p.threads
            where r.no = @result and p.cpu_no = @cpu and p.counts = 1 and p.no <> @result order by p.no desc limit 500) n
        join board_value v on v.result_no = n.no
        """;
    private const string Store = """
        insert into assessment (result_no, peers, body) values (@result, @peers, @body)
        on conflict (result_no) do update set peers = excluded.peers, body = excluded.body
        """;
    private const string SetFit = "update result set fit = @fit where no = @result";

    // At each new peer while they are few, at each doubling after that: a dozen times in a result's life.
    internal const string ToReassess = """
        select r.id from result r join assessment a on a.result_no = r.no
        where r.cpu_no = @cpu and r.fit = 0 and r.no <> @result and r.threads = (select threads from result where no = @result)
            and (a.peers < @peers and a.peers < 8 or (a.peers + 1) * 2 <= @peers)
        order by r.no limit 20
        """;

    public static async Task<Peers> PeersAsync(Database database, BoardNumbers numbers, StandingResult result, CancellationToken cancel)
    {
        var rows = await database.Sql(PeerFigures).With("result", result.No).With("cpu", result.CpuNo)
            .ListAsync(row => (ResultNo: row.GetInt64(0), Board: numbers.NameOf(row.GetInt64(1)), Value: row.GetDouble(2)), cancel);
        return new Peers(
            rows.DistinctBy(row => row.ResultNo).Count(),
            rows.Where(row => row.Board is not null)
                .GroupBy(row => row.Board!, row => row.Value)
                .ToDictionary(board => board.Key, board => (IReadOnlyList<double>)[.. board]));
    }

    public static async Task StoreAsync(Write write, long resultNo, int peers, Assessment assessment, CancellationToken cancel)
    {
        await write.Sql(Store).With("result", resultNo).With("peers", peers)
            .With("body", JsonSerializer.Serialize(assessment, ApiJson.Default.Assessment)).ExecuteAsync(cancel);
        await write.Sql(SetFit).With("result", resultNo).With("fit", assessment.Fit).ExecuteAsync(cancel);
    }

    public static Task<List<string>> ToReassessAsync(Database database, StandingResult result, int peers, CancellationToken cancel) =>
        database.Sql(ToReassess).With("cpu", result.CpuNo).With("result", result.No).With("peers", peers).ListAsync(row => row.GetString(0), cancel);
}
