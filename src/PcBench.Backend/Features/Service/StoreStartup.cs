using PcBench.Backend.Ranking;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Service;

/// <summary>Brings the store up to date before anything else starts.</summary>
internal sealed class StoreStartup(MigrationRunner migrations, Database database, BoardNumbers numbers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrations.RunAsync(Migration.In(typeof(StoreStartup).Assembly, "sqlite"), cancellationToken);
        await numbers.LoadAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
