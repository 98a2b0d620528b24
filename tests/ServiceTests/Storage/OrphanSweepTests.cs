using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Exports;
using PcBench.Backend.Features.Imports;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Blobs;
using PcBench.Platform.Leases;

namespace PcBench.ServiceTests.Storage;

public sealed class OrphanSweepTests
{
    [Fact]
    public async Task A_store_that_was_away_at_the_hour_is_swept_the_next_time()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        app.CreateClient().Dispose();
        var running = app.Services.GetServices<IHostedService>().OfType<OrphanSweep>().Single();
        await Client.UntilAsync(async () => await app.CountAsync("lease where role = 'sweep' and until > 0") == 1);
        await running.StopAsync(TestContext.Current.CancellationToken); // and leaves the role to the one of this test
        var folder = Directory.CreateTempSubdirectory("pcbench-sweep-");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(1));
        var blobs = new AwayAtFirst(new FolderBlobStore(folder.FullName, time));
        await blobs.PutAsync(DocumentStore.KeyOf("00000000000000000000"), new byte[1], TestContext.Current.CancellationToken);
        using var sweep = new OrphanSweep(
            app.Database, blobs, app.Services.GetRequiredService<ExportSegments>(), app.Services.GetRequiredService<ImportStore>(),
            app.Services.GetRequiredService<Leadership>(), app.Services.GetRequiredService<BackendMetrics>(), time, NullLogger<OrphanSweep>.Instance);

        await sweep.StartAsync(TestContext.Current.CancellationToken);
        await Client.UntilAsync(() => Task.FromResult(blobs.Looks == 1));

        await Client.UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return !await blobs.ListAsync(DocumentStore.Prefix, TestContext.Current.CancellationToken).AnyAsync(TestContext.Current.CancellationToken);
        });
        await sweep.StopAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
    }

    /// <summary>A store that does not answer when it is first looked through.</summary>
    private sealed class AwayAtFirst(IBlobStore blobs) : IBlobStore
    {
        public int Looks { get; private set; }

        public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel) => blobs.PutAsync(key, content, cancel);

        public Task<byte[]?> GetAsync(string key, CancellationToken cancel) => blobs.GetAsync(key, cancel);

        public Task DeleteAsync(string key, CancellationToken cancel) => blobs.DeleteAsync(key, cancel);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) =>
            Looks++ == 0 ? throw new IOException("The store is away.") : blobs.ListAsync(prefix, cancel);
    }
}
