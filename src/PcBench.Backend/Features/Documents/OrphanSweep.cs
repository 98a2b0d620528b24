using PcBench.Platform.Blobs;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Documents;

/// <summary>
/// Once after each start: removes blobs without a result, which only a crash at the wrong moment can leave behind.
/// </summary>
internal sealed partial class OrphanSweep(Database database, IBlobStore blobs, ILogger<OrphanSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var removed = 0;
        await foreach (var key in blobs.ListAsync(DocumentStore.Prefix, stoppingToken))
        {
            var id = DocumentStore.IdOf(key);
            if (id is not null && await database.Sql("select count(*) from result where id = @id").With("id", id).NumberAsync(stoppingToken) > 0)
                continue;
            await blobs.DeleteAsync(key, stoppingToken);
            removed++;
        }

        if (removed > 0)
            Log.Swept(logger, removed);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Removed {Count} documents without a result")]
        public static partial void Swept(ILogger logger, int count);
    }
}
