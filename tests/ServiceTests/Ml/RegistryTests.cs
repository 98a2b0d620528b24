using Microsoft.Extensions.Options;
using PcBench.Ml.Registry;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Ml;

/// <summary>Where models are kept, on a folder and on a real object store.</summary>
public sealed class RegistryTests(TrainedOnce once)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_are_activated_and_rolled_back_in_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("pcbench-models-").FullName;
        try
        {
            await TryAsync(new FolderBlobStore(folder, TimeProvider.System));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task Models_are_activated_and_rolled_back_in_an_object_store()
    {
        await using var bucket = await S3Server.FromEnvironment().CreateBucketAsync();
        using var store = new S3BlobStore(bucket.Options, TimeProvider.System);
        await TryAsync(store);
    }

    [Fact]
    public async Task Tables_to_train_on_come_from_the_store_where_no_file_is_named()
    {
        var (store, folder) = (Directory.CreateDirectory(ServerFolder.New("store")).FullName, Directory.CreateDirectory(ServerFolder.New("tables")).FullName);
        var blobs = new FolderBlobStore(store, TimeProvider.System);
        var registry = Registry(blobs, "a key of sixteen or more");
        (await Should.ThrowAsync<IOException>(() => registry.FetchTablesAsync(folder, Cancel))).Message.ShouldContain("no table under tables/");

        await blobs.PutAsync("tables/b.csv", "b"u8.ToArray(), Cancel);
        await blobs.PutAsync("tables/a.csv", "a"u8.ToArray(), Cancel);
        await blobs.PutAsync("tables/notes.txt", "not read"u8.ToArray(), Cancel);
        (await registry.FetchTablesAsync(folder, Cancel)).Select(File.ReadAllText).ShouldBe(["a", "b"]);

        await File.WriteAllTextAsync(Path.Combine(store, "tables", "Large_Name.csv"), "put there by another program", Cancel);
        (await Should.ThrowAsync<IOException>(() => registry.FetchTablesAsync(folder, Cancel))).Message.ShouldContain("Rename it");
    }

    private async Task TryAsync(IBlobStore blobs)
    {
        var registry = Registry(blobs, "a key of sixteen or more");
        var card = once.Trained.Card;
        var other = once.Trained.File with { Examples = [] };
        var otherVersion = ModelRegistry.VersionOf(other.ToBytes());
        await registry.StoreAsync(once.Trained.Bytes, card, "report", Cancel);
        await registry.StoreAsync(other.ToBytes(), card with { Version = otherVersion, Date = card.Date.AddDays(1) }, "report", Cancel);

        await registry.ActivateAsync(card.Version, Cancel);
        await registry.ActivateAsync(otherVersion, Cancel);

        (await registry.ListAsync(Cancel)).Select(model => model.Version).ShouldBe([otherVersion, card.Version]);
        (await registry.ActiveAsync(Cancel))!.Version.ShouldBe(otherVersion);
        (await registry.RollbackAsync(Cancel)).ShouldBe(card.Version);
        (await registry.ActiveAsync(Cancel))!.Version.ShouldBe(card.Version);

        await Should.ThrowAsync<NoSuchModelException>(() => registry.ActivateAsync("m-000000000000", Cancel));

        // Signed with another key, and changed after it was signed.
        (await Should.ThrowAsync<RefusedModelException>(() => Registry(blobs, "another key that is long").LoadAsync(card.Version, Cancel))).Message.ShouldContain("not signed");
        await blobs.PutAsync($"models/{card.Version}/model.bin", once.Trained.Bytes.AsMemory(..^1), Cancel);
        (await Should.ThrowAsync<RefusedModelException>(() => registry.LoadAsync(card.Version, Cancel))).Message.ShouldContain("digest");
    }

    private static ModelRegistry Registry(IBlobStore blobs, string key) => new(blobs, Options.Create(new ModelOptions { SigningKey = key }));
}
