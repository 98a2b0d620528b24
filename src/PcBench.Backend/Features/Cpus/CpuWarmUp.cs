using PcBench.Platform.Data;
using PcBench.Platform.Health;

namespace PcBench.Backend.Features.Cpus;

/// <summary>
/// Computes the statistics of the much measured CPU models: a page would wait a second and more for those. From then on they are
/// computed again behind the answers.
/// </summary>
internal sealed class CpuWarmUp(Database database, CpuViews views, StartupGate gate, TimeProvider time, ILogger<CpuWarmUp> logger) : WarmUp(gate, time, logger)
{
    protected override async Task WarmAsync(CancellationToken cancel)
    {
        var cpus = await CpuSql.MostMeasuredAsync(database, cancel);
        await views.SummariesAsync(cpus);
        foreach (var cpu in cpus.Where(cpu => cpu.Results >= CpuCache.Many))
        {
            cancel.ThrowIfCancellationRequested();
            await views.BoardsAsync(cpu);
        }
    }
}
