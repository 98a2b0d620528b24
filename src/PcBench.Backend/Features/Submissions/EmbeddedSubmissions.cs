using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>Stores submissions one by one: a statement costs the embedded store next to nothing, only a commit is dear.</summary>
internal sealed class EmbeddedSubmissions(Database database, BoardNumbers numbers, Standing standing, Outbox outbox) : ISubmissionStore
{
    private const string AddResult = """
        insert into result (
            id, owner_key, measurement, visibility, submitted_at, measured_at, cpu_no, cpu_name, vendor, microarchitecture,
            cores, threads, memory_mib, os, virtual, mainboard_no, headline_board, headline_value, headline_factor)
        values (
            @id, @owner, @measurement, @visibility, @submitted, @measured, @cpu, @cpuName, @vendor, @microarchitecture,
            @cores, @threads, @memory, @os, @virtual, @mainboard, @board, @value, @factor)
        returning no
        """;
    private const string AddBody = "insert into result_document (result_no, body) values (@no, @body)";

    public Task<IReadOnlyList<Stored>> StoreAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancel) => database.WriteAsync<IReadOnlyList<Stored>>(
        async (write, token) =>
        {
            var answers = new List<Stored>(arrivals.Count);
            foreach (var arrival in arrivals)
                answers.Add(await StoreAsync(write, arrival, token));
            return answers;
        },
        cancel);

    private async Task<Stored> StoreAsync(Write write, Arrival arrival, CancellationToken cancel)
    {
        var result = arrival.Result;
        if (await Obstacles.FindAsync(write, result, cancel) is { } obstacle)
            return obstacle;
        var values = numbers.Keep(result.Values);
        var stored = await AddAsync(write, arrival, values[0], cancel);
        if (result.Visibility == Visibility.Public)
            await standing.EnterAsync(write, stored, values, cancel);
        await outbox.AddAsync(write, [result.Event], cancel);
        return new Stored(SubmissionFate.Stored, result.Visibility);
    }

    private static async Task<StandingResult> AddAsync(Write write, Arrival arrival, KeptValue headline, CancellationToken cancel)
    {
        var (result, hardware) = (arrival.Result, arrival.Hardware);
        var (cpu, os, isVirtual) = (result.Machine.Cpu, result.Machine.Os, result.Machine.Hypervisor is not null);
        var name = CpuName.Display(cpu.Model);
        var no = (int)(await write.Sql(AddResult)
            .With("id", result.Id).With("owner", result.OwnerKey).With("measurement", result.Measurement).With("visibility", result.Visibility)
            .With("submitted", result.SubmittedAt.ToUnixTimeMilliseconds()).With("measured", result.MeasuredAt.ToUnixTimeMilliseconds())
            .With("cpu", hardware.CpuNo).With("cpuName", name).With("vendor", cpu.Vendor).With("microarchitecture", cpu.Microarchitecture)
            .With("cores", cpu.Cores).With("threads", cpu.Threads).With("memory", result.Machine.Memory.TotalMib)
            .With("os", os.Family).With("virtual", isVirtual).With("mainboard", hardware.MainboardNo)
            .With("board", headline.BoardNo).With("value", headline.Value).With("factor", headline.Factor)
            .NumberAsync(cancel))!.Value;
        await write.Sql(AddBody).With("no", no).With("body", result.Body).ExecuteAsync(cancel);
        return new StandingResult(no, result.Id, hardware.CpuNo, name, cpu.Vendor, cpu.Microarchitecture, cpu.Cores, cpu.Threads, os.Family, isVirtual, result.MeasuredAt);
    }
}
