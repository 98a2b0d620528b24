using System.Text.Json;
using PcBench.Backend.Features.Documents;
using PcBench.Contracts;
using PcBench.Platform.Blobs;
using StackExchange.Redis;

namespace PcBench.ServiceTests.Faults;

/// <summary>What holds whenever nothing is under way any more, whatever failed before.</summary>
internal sealed class Invariants(Cluster cluster, SteadyLoad load) : IDisposable
{
    private const string Waiting = """
        select (select count(*) from result_document) + (select count(*) from event) + (select count(*) from standing_change)
        """;

    // What an outage left behind is worked off at the speed of a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient http = new();
    private readonly HashSet<string> read = [];

    public async Task HoldAsync(string fault, bool readAll = false)
    {
        await Client.UntilAsync(IsQuietAsync, Patience);
        var ids = await cluster.TextsAsync("select id from result");
        ids.ShouldBeUnique(fault);
        ids.ShouldBe(load.Acknowledged.Keys, ignoreOrder: true, fault); // whoever was not answered sent it until it was
        (await cluster.CountAsync("select count(*) from standing where v1 is not null")).ShouldBe(ids.Count, fault);
        (await cluster.CountAsync("select count(*) from dead_letter")).ShouldBe(0, fault);
        await RanksAreRightAsync(fault, ids.Count);
        await DocumentsAreKeptOnceAsync(fault, ids);
        await DocumentsAreAsTheyWereSentAsync(fault, readAll);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Whether the outbox, the changes of ranks and the documents on their way are none, and every group has acknowledged all.</summary>
    private async Task<bool> IsQuietAsync()
    {
        try
        {
            return await cluster.CountAsync(Waiting) == 0
                && await cluster.RedisDatabase.StreamGroupInfoAsync("pcbench:events") is { Length: > 0 } groups
                && groups.All(group => group is { PendingMessageCount: 0, Lag: 0 or null });
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false; // the connection is being made again, or the stream is
        }
    }

    private async Task RanksAreRightAsync(string fault, int count)
    {
        // What was counted last is published in a moment; replicas look for it.
        foreach (var replica in cluster.Addresses)
            await Client.UntilAsync(async () => (await http.GetAsync($"{replica}api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total == count);

        // It compares what is there before it repairs it.
        var rebuilt = JsonElement.Parse(await cluster.RunAsync("rebuild-ranks --json"));
        rebuilt.GetProperty("results").GetInt32().ShouldBe(count, fault);
        rebuilt.GetProperty("wrong").GetRawText().ShouldBe("0", fault);
    }

    private async Task DocumentsAreKeptOnceAsync(string fault, List<string> ids)
    {
        using var store = new S3BlobStore(cluster.Bucket.Options, TimeProvider.System);
        var keys = new List<string>();
        await foreach (var blob in store.ListAsync("", TestContext.Current.CancellationToken))
            keys.Add(blob.Key);
        keys.ShouldBe(ids.Select(DocumentStore.KeyOf), ignoreOrder: true, fault);
    }

    private async Task DocumentsAreAsTheyWereSentAsync(string fault, bool readAll)
    {
        var documents = load.Acknowledged.Where(document => readAll || read.Add(document.Key)).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, documents.Count, options, async (i, cancel) =>
        {
            var (id, document) = documents[i];
            var stored = await http.GetByteArrayAsync(new Uri(cluster.Addresses[i % cluster.Addresses.Count], $"/api/v1/results/{id}/document"), cancel);
            stored.AsSpan().SequenceEqual(document).ShouldBeTrue($"{fault}: the document of {id} is another");
        });
    }
}
