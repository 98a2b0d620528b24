using PcBench.Backend.Ranking;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Service;

/// <summary>
/// Makes sure of the store before anything else starts. The embedded one is taken for this process and brought up to date;
/// PostgreSQL is brought up to date by <c>backend migrate</c> alone, and a replica refuses to start before that was done.
/// </summary>
internal sealed class StoreStartup(FolderLock folder, StoreSchema schema, Database database, BoardNumbers numbers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Dialect == Dialect.Sqlite)
        {
            folder.Take();
            await schema.MigrateAsync(cancellationToken);
        }

        await schema.CheckAsync(cancellationToken);
        await numbers.LoadAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
