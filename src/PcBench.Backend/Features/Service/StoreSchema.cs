using PcBench.Backend.Ranking;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Service;

/// <summary>The schema of the store that is configured: the numbered steps, then the columns of the boards.</summary>
internal sealed class StoreSchema(Database database, MigrationRunner runner)
{
    private readonly IReadOnlyList<Migration> migrations = Migration.In(typeof(StoreSchema).Assembly, database.Dialect);

    /// <summary>Brings the store up to date.</summary>
    /// <returns>Names of the steps that ran now.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancel)
    {
        var ran = await runner.RunAsync(migrations, cancel);
        await BoardSchema.AddMissingAsync(database, cancel);
        return ran;
    }

    /// <exception cref="InvalidOperationException">The store is not one that this version can run on.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        if (await runner.MissingAsync(migrations, cancel) is { Count: > 0 } missing)
            throw new InvalidOperationException($"The database lacks {string.Join(", ", missing)}. Run 'backend migrate' of this version first.");
    }
}
