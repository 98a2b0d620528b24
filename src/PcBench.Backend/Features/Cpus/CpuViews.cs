using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Cpus;

/// <summary>Makes lists and pages of CPU models.</summary>
internal sealed class CpuViews(Database database, BoardNumbers numbers, CpuCache cache, ResultRows rows)
{
    public async Task<IReadOnlyList<CpuSummary>> SummariesAsync(IReadOnlyList<CpuRow> cpus, CancellationToken cancel)
    {
        var summaries = new List<CpuSummary>(cpus.Count);
        foreach (var cpu in cpus)
        {
            var medians = await cache.Medians.GetAsync(cpu.No, async () => new Medians(
                await MedianAsync(cpu, ScoreKind.Single, cancel), await MedianAsync(cpu, ScoreKind.Multi, cancel)));
            summaries.Add(new CpuSummary(cpu.Id, cpu.Name, cpu.Vendor, cpu.Results, medians.Single, medians.Multi));
        }

        return summaries;
    }

    public async Task<CpuView> ViewAsync(CpuRow cpu, CancellationToken cancel)
    {
        var boards = await cache.Boards.GetAsync(cpu.No, () => BoardsAsync(cpu, cancel));

        // Not cached with the boards: the places of these change with every machine's results, not with this model's alone.
        var recent = await rows.MixedAsync(await CpuSql.NewestAsync(database, cpu.No, cancel), cancel);
        return new CpuView(cpu.Id, cpu.Name, cpu.Vendor, cpu.Microarchitecture, cpu.Results, boards, recent);
    }

    private async Task<IReadOnlyList<CpuBoard>> BoardsAsync(CpuRow cpu, CancellationToken cancel)
    {
        var boards = new List<CpuBoard>();
        foreach (var board in Board.All)
        {
            var values = await CpuSql.ValuesAsync(database, numbers.Of(board.Name), cpu.No, cancel);
            if (values.Length > 0)
                boards.Add(CpuStatistics.Of(board, values));
        }

        return boards;
    }

    private async Task<double?> MedianAsync(CpuRow cpu, ScoreKind kind, CancellationToken cancel)
    {
        var values = await CpuSql.ValuesAsync(database, numbers.Of(Board.NameOf(kind)), cpu.No, cancel);
        return values.Length == 0 ? null : SampleStatistics.Quantile(values, 0.5);
    }
}
