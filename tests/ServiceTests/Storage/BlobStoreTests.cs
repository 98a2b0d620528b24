using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PcBench.Platform.Blobs;
using PcBench.Platform.Health;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Storage;

/// <summary>What every store of blobs must do, on each of them.</summary>
public sealed class BlobStoreTests(TestServers servers) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-blobs-").FullName;
    private readonly FakeTimeProvider time = new();
    private S3Bucket? bucket;
    private IBlobStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        (store as IDisposable)?.Dispose();
        if (bucket is not null)
            await bucket.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, InlineData("folder"), InlineData("S3")]
    public async Task It_gives_back_what_was_put_last(string kind)
    {
        await OpenAsync(kind);
        (await store.GetAsync("results/01/a.bin", Cancel)).ShouldBeNull();

        await store.PutAsync("results/01/a.bin", Bytes("first"), Cancel);
        await store.PutAsync("results/01/b.bin", Array.Empty<byte>(), Cancel);
        Text(await store.GetAsync("results/01/a.bin", Cancel)).ShouldBe("first");
        Text(await store.GetAsync("results/01/b.bin", Cancel)).ShouldBe("");

        await store.PutAsync("results/01/a.bin", Bytes("a second, longer one").AsMemory(2, 6), Cancel);
        Text(await store.GetAsync("results/01/a.bin", Cancel)).ShouldBe("second");

        await store.DeleteAsync("results/01/a.bin", Cancel);
        await store.DeleteAsync("results/01/a.bin", Cancel);
        (await store.GetAsync("results/01/a.bin", Cancel)).ShouldBeNull();
    }

    [Theory, InlineData("folder"), InlineData("S3")]
    public async Task Compressed_content_comes_back_byte_for_byte(string kind)
    {
        await OpenAsync(kind);
        var content = Gzip(new string('x', 300_000));

        await store.PutAsync("results/01/a.json.gz", content, Cancel);

        (await store.GetAsync("results/01/a.json.gz", Cancel)).ShouldBe(content);
    }

    [Theory, InlineData("folder"), InlineData("S3")]
    public async Task It_lists_all_of_a_prefix_with_their_age(string kind)
    {
        await OpenAsync(kind);
        await store.PutAsync("other/a.bin", Bytes("not asked for"), Cancel);
        var keys = Enumerable.Range(0, 1_005).Select(i => $"results/{i % 7:00}/{i:0000}.bin").ToList(); // a page of S3 has 1,000
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (key, token) => await store.PutAsync(key, Bytes(key), token));

        var found = await store.ListAsync("results/", Cancel).ToListAsync(Cancel);

        found.Select(entry => entry.Key).Order().ShouldBe(keys.Order());
        var now = TimeProvider.System.GetUtcNow();
        found.ShouldAllBe(entry => entry.ChangedAt > now.AddMinutes(-30) && entry.ChangedAt < now.AddMinutes(30));
        (await store.ListAsync("nothing/", Cancel).ToListAsync(Cancel)).ShouldBeEmpty();
    }

    [Theory, InlineData("folder"), InlineData("S3")]
    public async Task Readers_see_a_whole_one_while_it_is_replaced(string kind)
    {
        await OpenAsync(kind);
        string[] contents = [new('a', 200_000), new('b', 100_000)];
        await store.PutAsync("results/01/a.bin", Bytes(contents[0]), Cancel);
        var seen = new ConcurrentBag<string>();

        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 20; i++)
                await store.PutAsync("results/01/a.bin", Bytes(contents[i % 2]), Cancel);
        }, Cancel);
        do
            seen.Add(Text(await store.GetAsync("results/01/a.bin", Cancel)));
        while (!writing.IsCompleted);

        await writing;
        seen.ShouldAllBe(text => contents.Contains(text));
    }

    [Theory, InlineData("folder"), InlineData("S3")]
    public async Task Only_keys_made_here_are_taken(string kind)
    {
        await OpenAsync(kind);
        foreach (var key in new[] { "../a", "results/A", "results/ä", "a b", "a\\b" })
        {
            (await Should.ThrowAsync<ArgumentException>(() => store.PutAsync(key, Bytes("x"), Cancel))).Message.ShouldContain(key);
            await Should.ThrowAsync<ArgumentException>(() => store.GetAsync(key, Cancel));
            await Should.ThrowAsync<ArgumentException>(() => store.DeleteAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task A_store_that_is_gone_is_an_outage_and_good_again_when_it_is_back()
    {
        await using var proxy = await OpenBehindProxyAsync();

        proxy.Cut();
        await AllFailAsOutageAsync();

        proxy.Restore();
        Text(await store.GetAsync("results/01/a.bin", Cancel)).ShouldBe("kept");
    }

    [Fact]
    public async Task A_store_that_hangs_is_an_outage_after_a_while_and_good_again_when_it_is_back()
    {
        await using var proxy = await OpenBehindProxyAsync();

        proxy.Hang();
        await AllFailAsOutageAsync();

        proxy.Restore();
        Text(await store.GetAsync("results/01/a.bin", Cancel)).ShouldBe("kept");
        await store.PutAsync("results/01/a.bin", Bytes("new"), Cancel);
        Text(await store.GetAsync("results/01/a.bin", Cancel)).ShouldBe("new");
    }

    [Fact]
    public async Task Who_leaves_is_not_an_outage()
    {
        await using var proxy = await OpenBehindProxyAsync();
        proxy.Hang();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var getting = store.GetAsync("results/01/a.bin", left.Token);
        await left.CancelAsync();

        BlobOutage.Is(await Should.ThrowAsync<OperationCanceledException>(getting)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_missing_bucket_is_a_fault_and_not_a_missing_blob()
    {
        store = new S3BlobStore(servers.S3.NewBucket(), TimeProvider.System);
        BlobOutage.Is(await Should.ThrowAsync<Amazon.S3.AmazonS3Exception>(() => store.GetAsync("results/01/a.bin", Cancel))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_loses_what_a_crash_left_and_nothing_that_is_being_written()
    {
        await OpenAsync("folder");
        await store.PutAsync("results/01/a.bin", Bytes("kept"), Cancel);
        var (old, young) = (Path.Combine(folder, "results/01/a.bin.1.tmp"), Path.Combine(folder, "results/01/a.bin.2.tmp"));
        await File.WriteAllTextAsync(old, "left", Cancel);
        await File.WriteAllTextAsync(young, "being written", Cancel);
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));

        (await store.ListAsync("results/", Cancel).Select(entry => entry.Key).ToListAsync(Cancel)).ShouldBe(["results/01/a.bin"]);

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
    }

    [Fact]
    public async Task A_blob_that_could_not_be_put_leaves_nothing()
    {
        await OpenAsync("folder");

        await Should.ThrowAsync<OperationCanceledException>(() => store.PutAsync("results/01/a.bin", Bytes("cut off"), new CancellationToken(canceled: true)));

        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whether_it_answers_is_known_also_where_nobody_asks_it_for_anything()
    {
        await using var proxy = await OpenBehindProxyAsync();
        var availability = (IAvailability)store;
        (await availability.IsUpAsync(Cancel)).ShouldBeTrue();

        proxy.Cut();
        (await availability.IsUpAsync(Cancel)).ShouldBeTrue("it has just answered");
        time.Advance(TimeSpan.FromSeconds(5));
        (await availability.IsUpAsync(Cancel)).ShouldBeFalse();

        proxy.Restore();
        time.Advance(TimeSpan.FromSeconds(5));
        (await availability.IsUpAsync(Cancel)).ShouldBeTrue();
    }

    private async Task OpenAsync(string kind)
    {
        if (kind == "S3")
            bucket = await servers.S3.CreateBucketAsync();
        store = bucket is null ? new FolderBlobStore(folder, TimeProvider.System) : new S3BlobStore(bucket.Options, TimeProvider.System);
    }

    private async Task<TcpProxy> OpenBehindProxyAsync()
    {
        bucket = await servers.S3.CreateBucketAsync();
        var proxy = TcpProxy.To(servers.S3.Endpoint.Host, servers.S3.Endpoint.Port);
        store = new S3BlobStore(bucket.Through(proxy), time);
        await store.PutAsync("results/01/a.bin", Bytes("kept"), Cancel);
        return proxy;
    }

    // All at once, for a hanging store lets each wait. That they end at all is the store's own limit: the proxy never ends them.
    private async Task AllFailAsOutageAsync()
    {
        Task[] calls =
        [
            store.PutAsync("results/01/b.bin", Bytes("lost"), Cancel),
            store.GetAsync("results/01/a.bin", Cancel),
            store.DeleteAsync("results/01/c.bin", Cancel),
            store.ListAsync("results/", Cancel).ToListAsync(Cancel).AsTask(),
        ];
        foreach (var call in calls)
        {
            var error = await Should.ThrowAsync<Exception>(call);
            BlobOutage.Is(error).ShouldBeTrue(error.ToString());
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[]? content) => Encoding.UTF8.GetString(content.ShouldNotBeNull());

    private static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Bytes(text));
        return buffer.ToArray();
    }
}
