using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Submissions;

/// <summary>The statements that store a submission.</summary>
internal sealed class SubmissionSql(BoardNumbers numbers)
{
    // One look at all that can stand against it; the lowest rank is the strongest reason.
    internal const string Obstacle = """
        select 0 as reason, visibility from result where id = @id
        union all select 1, 0 from tombstone where id = @id or measurement = @measurement
        union all select 2, 0 from result where measurement = @measurement and id <> @id
        order by reason limit 1
        """;
    private const string AddCpu = """
        insert into cpu (id, name, vendor, microarchitecture, results) values (@id, @name, @vendor, @microarchitecture, 0)
        on conflict (id) do update set id = excluded.id returning no
        """;
    private const string AddMainboard = """
        insert into mainboard (name) values (@name) on conflict (name) do update set name = excluded.name returning no
        """;
    private const string AddTerm = "insert into term (kind, word, no) values (@kind, @word, @no) on conflict do nothing";
    private const string AddResult = """
        insert into result (
            id, owner_key, measurement, visibility, counts, submitted_at, measured_at, cpu_no, cpu_name, vendor, microarchitecture,
            cores, threads, memory_mib, os, virtual, mainboard_no, headline_board, headline_value, headline_low, headline_high)
        values (
            @id, @owner, @measurement, @visibility, 0, @submitted, @measured, @cpu, @cpuName, @vendor, @microarchitecture,
            @cores, @threads, @memory, @os, @virtual, @mainboard, @board, @value, @low, @high)
        returning no
        """;
    private const string AddBody = "insert into result_document (result_no, body) values (@no, @body)";

    /// <summary>Why it cannot be stored as new; null where it can.</summary>
    public static async Task<Stored?> ObstacleAsync(Write write, NewResult result, CancellationToken cancel) =>
        await write.Sql(Obstacle).With("id", result.Id).With("measurement", result.Measurement).FirstAsync(
            row => row.GetInt32(0) switch
            {
                0 => new Stored(Outcome.Known, (Visibility)row.GetInt32(1)),
                1 => new Stored(Outcome.Deleted, default),
                _ => new Stored(Outcome.Copy, default),
            },
            cancel);

    /// <summary>Stores the result with its document.</summary>
    public async Task<StandingResult> AddAsync(Write write, NewResult result, CancellationToken cancel)
    {
        var (cpu, os) = (result.Machine.Cpu, result.Machine.Os);
        var isVirtual = result.Machine.Hypervisor is not null;
        var name = CpuName.Display(cpu.Model);
        var cpuNo = (await write.Sql(AddCpu).With("id", CpuName.Id(cpu.Model)).With("name", name).With("vendor", cpu.Vendor)
            .With("microarchitecture", cpu.Microarchitecture).NumberAsync(cancel))!.Value;
        await AddTermsAsync(write, SearchWords.Cpu, name, cpuNo, cancel);
        var mainboardNo = await AddMainboardAsync(write, result.Machine.Board, cancel);
        var no = (await write.Sql(AddResult)
            .With("id", result.Id).With("owner", result.OwnerKey).With("measurement", result.Measurement).With("visibility", result.Visibility)
            .With("submitted", result.SubmittedAt.ToUnixTimeMilliseconds()).With("measured", result.MeasuredAt.ToUnixTimeMilliseconds())
            .With("cpu", cpuNo).With("cpuName", name).With("vendor", cpu.Vendor).With("microarchitecture", cpu.Microarchitecture)
            .With("cores", cpu.Cores).With("threads", cpu.Threads).With("memory", result.Machine.Memory.TotalMib)
            .With("os", os.Family).With("virtual", isVirtual).With("mainboard", mainboardNo)
            .With("board", numbers.Of(result.Headline.Board)).With("value", result.Headline.Value)
            .With("low", result.Headline.Low).With("high", result.Headline.High)
            .NumberAsync(cancel))!.Value;
        await write.Sql(AddBody).With("no", no).With("body", result.Body).ExecuteAsync(cancel);
        return new StandingResult(no, result.Id, cpuNo, name, cpu.Vendor, cpu.Microarchitecture, cpu.Cores, os.Family, isVirtual, result.MeasuredAt);
    }

    private static async Task<long?> AddMainboardAsync(Write write, BoardInfo? mainboard, CancellationToken cancel)
    {
        var name = string.Join(' ', new[] { mainboard?.Vendor, mainboard?.Model }.OfType<string>());
        if (name.Length == 0)
            return null;
        var no = await write.Sql(AddMainboard).With("name", name).NumberAsync(cancel);
        await AddTermsAsync(write, SearchWords.Mainboard, name, no!.Value, cancel);
        return no;
    }

    private static async Task AddTermsAsync(Write write, int kind, string name, long no, CancellationToken cancel)
    {
        var add = write.Sql(AddTerm).With("kind", kind).With("no", no);
        foreach (var word in SearchWords.Of(name))
            await add.With("word", word).ExecuteAsync(cancel);
    }
}
