using PcBench.Backend.Caching;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Imports;

/// <summary>
/// Keeps imports. Rows are written in small transactions as they come, so that a large or slow import holds up nobody; it is
/// there for others once it is whole. One that was broken off is removed, at once or, after a crash, by the sweep.
/// </summary>
internal sealed class ImportStore(Database database, Freshness freshness, TimeProvider time)
{
    /// <summary>Longer than any import takes at the slowest rate that the server bears.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromHours(24);

    /// <returns>Number of the new import; null where there is one of this id.</returns>
    public Task<int?> BeginAsync(ImportProof proof, Visibility visibility, ImportFormat format, CancellationToken cancel) =>
        database.WriteAsync((write, token) => ImportSql.BeginAsync(write, proof, visibility, format, time.GetUtcNow(), token), cancel);

    /// <returns>How many of them were new.</returns>
    public Task<int> AddAsync(int importNo, IReadOnlyList<NewImported> results, CancellationToken cancel) =>
        database.WriteAsync((write, token) => ImportSql.AddAsync(write, importNo, results, token), cancel);

    /// <summary>From here on it is there.</summary>
    /// <returns>How many results it has.</returns>
    public Task<long> CompleteAsync(int importNo, CancellationToken cancel) => database.WriteAsync(
        async (write, token) =>
        {
            var results = await ImportSql.CompleteAsync(write, importNo, time.GetUtcNow(), token);
            await freshness.NoteRemovalAsync(write, token); // pages that say "none" are as wrong as those that show too much
            return results;
        },
        cancel);

    public async Task SetVisibilityAsync(ImportRow import, Visibility visibility, CancellationToken cancel)
    {
        await ChangeAsync((write, token) => ImportSql.SetVisibilityAsync(write, import.No, visibility, token), cancel);
        if (visibility < import.Visibility)
            await freshness.RemovedEverywhereAsync();
    }

    /// <summary>Removes an import and all that it brought; on return nothing answers for it any more and no row is left.</summary>
    public async Task DeleteAsync(ImportRow import, CancellationToken cancel)
    {
        await ChangeAsync((write, token) => ImportSql.HideAsync(write, import.No, token), cancel);

        // Not cut short by an asker who leaves: hidden is not deleted.
        await RemoveRowsAsync(import.No, CancellationToken.None);
        await freshness.RemovedEverywhereAsync();
    }

    /// <summary>Removes what an import brought that did not come to its end.</summary>
    public async Task RemoveRowsAsync(int importNo, CancellationToken cancel)
    {
        while (await database.WriteAsync((write, token) => ImportSql.RemoveSomeAsync(write, importNo, token), cancel))
        {
            // Some at a time: others write in between.
        }

        await database.WriteAsync((write, token) => ImportSql.RemoveAsync(write, importNo, token), cancel);
    }

    /// <summary>Removes what a process that ended left of imports that began before a time: taken in by half, or deleted by half.</summary>
    public async Task SweepAsync(DateTimeOffset before, CancellationToken cancel)
    {
        foreach (var id in await ImportSql.UnfinishedAsync(database, before, cancel))
        {
            if (await ImportSql.FindAsync(database, id, cancel) is { } left)
                await RemoveRowsAsync(left.No, cancel);
        }
    }

    private Task ChangeAsync(Func<Write, CancellationToken, Task> change, CancellationToken cancel) => database.WriteAsync(
        async (write, token) =>
        {
            await change(write, token);
            await freshness.NoteRemovalAsync(write, token);
        },
        cancel);
}
