using PcBench.Backend.Ranking;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Service;

/// <summary>Takes the store for this process and brings it up to date, before anything else starts.</summary>
internal sealed class StoreStartup(FolderLock folder, MigrationRunner migrations, Database database, BoardNumbers numbers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        folder.Take();
        await migrations.RunAsync(Migration.In(typeof(StoreStartup).Assembly, "sqlite"), cancellationToken);
        await numbers.LoadAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
