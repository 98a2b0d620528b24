using PcBench.Platform.Data;
using PcBench.Platform.Health;

namespace PcBench.Backend.Features.Cpus;

/// <summary>
/// Computes the statistics of the much measured CPU models after the start: their first visitors would wait a second and more for
/// that. From then on they are computed again behind the answers.
/// </summary>
internal sealed partial class CpuWarmUp(Database database, CpuViews views, StartupGate gate, ILogger<CpuWarmUp> logger) : BackgroundService
{
    private readonly IDisposable hold = gate.Hold();

    public override void Dispose()
    {
        hold.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var held = hold;
        try
        {
            var cpus = await CpuSql.MostMeasuredAsync(database, stoppingToken);
            await views.SummariesAsync(cpus);
            foreach (var cpu in cpus.Where(cpu => cpu.Results >= CpuCache.Many))
            {
                stoppingToken.ThrowIfCancellationRequested();
                await views.BoardsAsync(cpu);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            Log.Failed(logger, error); // they are computed when they are asked for
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The statistics of CPU models could not be computed before they are asked for")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
