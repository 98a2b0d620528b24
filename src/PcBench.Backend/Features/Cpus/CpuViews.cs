using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Cpus;

/// <summary>Makes lists and pages of CPU models.</summary>
internal sealed class CpuViews(Database database, BoardNumbers numbers, CpuCache cache, ResultRows rows) : IDisposable
{
    private readonly SemaphoreSlim computing = new(1, 1);
    private readonly CpuValues many = new(Board.All.Count);

    public async Task<IReadOnlyList<CpuSummary>> SummariesAsync(IReadOnlyList<CpuRow> cpus)
    {
        var summaries = new List<CpuSummary>(cpus.Count);
        foreach (var cpu in cpus)
        {
            // Not with the request's own token: it may go on behind the answer, for those who come after.
            var medians = await cache.Medians.GetAsync(cpu, async () => new Medians(
                await CpuSql.MedianAsync(database, NumberOf(ScoreKind.Single), cpu, CancellationToken.None),
                await CpuSql.MedianAsync(database, NumberOf(ScoreKind.Multi), cpu, CancellationToken.None)));
            summaries.Add(new CpuSummary(cpu.Id, cpu.Name, cpu.Vendor, cpu.Results, medians.Single?.Value, medians.Multi?.Value)
            {
                SingleRange = medians.Single?.Range,
                MultiRange = medians.Multi?.Range,
            });
        }

        return summaries;
    }

    public async Task<CpuView> ViewAsync(CpuRow cpu, CancellationToken cancel)
    {
        var boards = await BoardsAsync(cpu);

        // Not cached with the boards: the places of these change with every machine's results, not with this model's alone.
        var recent = await rows.MixedAsync(await CpuSql.NewestAsync(database, cpu.No, cancel), cancel);
        return new CpuView(cpu.Id, cpu.Name, cpu.Vendor, cpu.Microarchitecture, cpu.Results, boards, recent);
    }

    /// <summary>What a model's results say on each board they are on.</summary>
    public ValueTask<IReadOnlyList<CpuBoard>> BoardsAsync(CpuRow cpu) => cache.Boards.GetAsync(cpu, () => ComputeBoardsAsync(cpu));

    private async Task<IReadOnlyList<CpuBoard>> ComputeBoardsAsync(CpuRow cpu)
    {
        if (cpu.Results < CpuCache.Many)
            return await ComputeBoardsAsync(cpu, new CpuValues(Board.All.Count));

        // One after the other: memory holds the values of one of these at a time.
        await computing.WaitAsync();
        try
        {
            return await ComputeBoardsAsync(cpu, many);
        }
        finally
        {
            computing.Release();
        }
    }

    private async Task<IReadOnlyList<CpuBoard>> ComputeBoardsAsync(CpuRow cpu, CpuValues values)
    {
        await CpuSql.ValuesAsync(database, numbers.All, cpu.No, values, CancellationToken.None);
        var boards = new List<CpuBoard>();
        foreach (var (i, board) in Board.All.Index())
        {
            if (values.Ascending(i) is { Length: > 0 } ofBoard)
                boards.Add(CpuStatistics.Of(board, ofBoard));
        }

        return boards;
    }

    public void Dispose() => computing.Dispose();

    private short NumberOf(ScoreKind kind) => numbers.Of(Board.NameOf(kind));
}
