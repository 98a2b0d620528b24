using System.Text.Json;
using PcBench.Bench.Results;
using PcBench.Bench.Servers;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Bench.Filling;

/// <summary>
/// Fills a database that the backend has migrated, as if all these results had been submitted, archived and assessed. The
/// indexes stay meanwhile, so that they are as full of holes as growing leaves them. No replica runs.
/// </summary>
internal sealed class Filler(Postgres postgres, string database)
{
    private const short Public = (short)Visibility.Public;
    private const int Peers = 40;
    private const int PerMessage = 100_000;

    private static readonly string AssessmentBody = JsonSerializer.Serialize(
        new Assessment(Fit.Fits, Peers, [], "same-model/1"), ApiJson.Default.Assessment);

    private readonly string connectionString = postgres.ConnectionString(database);
    private readonly Names mainboards = new();
    private readonly int[] resultsOfCpu = new int[CpuModels.All.Count];

    public async Task FillAsync(int count, CancellationToken cancel)
    {
        var boards = await BoardColumns.ReadAsync(postgres, database, cancel);
        await FillResultsAsync(boards, count, cancel);
        await FillNamesAsync(cancel);
        foreach (var table in (string[])["result", "cpu", "mainboard"])
            await postgres.ExecuteAsync(database, $"select setval(pg_get_serial_sequence('{table}', 'no'), (select max(no) from {table}))", cancel);
        await postgres.ExecuteAsync(database, "vacuum analyze", cancel);
        await postgres.ExecuteAsync(database, "checkpoint", cancel);
    }

    private async Task FillResultsAsync(BoardColumns boards, int count, CancellationToken cancel)
    {
        await using var results = await Copy.IntoAsync(connectionString, "result", """
            no, id, owner_key, measurement, visibility, submitted_at, measured_at, cpu_no, cpu_name, vendor, microarchitecture, cores, threads,
            memory_mib, os, virtual, mainboard_no, headline_board, headline_value, headline_factor
            """, cancel);
        await using var standing = await Copy.IntoAsync(
            connectionString, "standing_sorted", $"result_no, cpu_no, vendor, cores, os, virtual, measured_at, {boards.Names}", cancel);
        await using var assessments = await Copy.IntoAsync(connectionString, "assessment", "result_no, cpu_no, threads, fit, peers, body", cancel);
        var no = 0;
        foreach (var result in new SyntheticResults(seed: 1).Take(count))
        {
            var (model, cpuNo) = (CpuModels.All[result.Model], result.Model + 1);
            var (os, isVirtual) = ((short)result.Machine.Os.Family, (short)(result.Machine.Hypervisor is null ? 0 : 1));
            var (measuredAt, headline) = (result.MeasuredAt.ToUnixTimeMilliseconds(), result.Values[0]);
            no++;
            resultsOfCpu[result.Model]++;
            await results.RowAsync(cancel,
                no, result.Id, result.OwnerKey, result.Measurement, Public, result.SubmittedAt.ToUnixTimeMilliseconds(), measuredAt, cpuNo, model.Name,
                model.Vendor, model.Microarchitecture, model.Cores, model.Threads, result.Machine.Memory.TotalMib, os, isVirtual,
                result.Machine.Board is { } board ? mainboards.NumberOf($"{board.Vendor} {board.Model}") : null,
                boards.NumberOf(headline.Board), (float)headline.Value, (float)(headline.High / headline.Value));
            await standing.RowAsync(cancel, [no, cpuNo, model.Vendor, model.Cores, os, isVirtual, measuredAt, .. boards.Values(result.Values)]);
            await assessments.RowAsync(cancel, no, cpuNo, model.Threads, (short)Fit.Fits, Peers, AssessmentBody);
            if (no % PerMessage == 0)
                await Console.Error.WriteLineAsync($"filled in {no:N0} of {count:N0} results");
        }

        await results.CompleteAsync(cancel);
        await standing.CompleteAsync(cancel);
        await assessments.CompleteAsync(cancel);
    }

    private async Task FillNamesAsync(CancellationToken cancel)
    {
        await using var cpus = await Copy.IntoAsync(connectionString, "cpu", "no, id, name, vendor, microarchitecture, results", cancel);
        await using var boards = await Copy.IntoAsync(connectionString, "mainboard", "no, name", cancel);
        await using var terms = await Copy.IntoAsync(connectionString, "term", "kind, word, no", cancel);
        for (var i = 0; i < CpuModels.All.Count; i++)
        {
            if (resultsOfCpu[i] == 0)
                continue;
            var model = CpuModels.All[i];
            await cpus.RowAsync(cancel, i + 1, model.Id, model.Name, model.Vendor, model.Microarchitecture, resultsOfCpu[i]);
            foreach (var word in Names.WordsOf(model.Name))
                await terms.RowAsync(cancel, (short)0, word, i + 1);
        }

        foreach (var (name, no) in mainboards.All)
        {
            await boards.RowAsync(cancel, no, name);
            foreach (var word in Names.WordsOf(name))
                await terms.RowAsync(cancel, (short)1, word, no);
        }

        await cpus.CompleteAsync(cancel);
        await boards.CompleteAsync(cancel);
        await terms.CompleteAsync(cancel);
    }
}
