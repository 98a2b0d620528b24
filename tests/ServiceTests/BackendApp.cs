using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PcBench.Backend;
using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Submissions;
using PcBench.Contracts.Api;
using PcBench.Ml.Features.Assess;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests;

/// <summary>The real backend over a real store of its own: a SQLite file in a folder, or what replicas share.</summary>
internal sealed class BackendApp : WebApplicationFactory<SubmissionOptions>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private bool isReplica;

    /// <summary>Whether results are assessed; off where a test is about something else and its results are unlike each other.</summary>
    public bool Assessing { get; init; }

    /// <summary>More of its configuration; with <c>Ml:Url</c> results are assessed by the ml-service there.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public string Folder { get; init; } = Directory.CreateTempSubdirectory("pcbench-test-").FullName;

    /// <summary>What replicas share; null on the embedded store.</summary>
    public SharedStore? Shared { get; init; }

    public Store Store => Shared is null ? Store.Embedded : Store.Replicated;

    internal Database Database => Services.GetRequiredService<Database>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One on a new store of this kind.</summary>
    public static async Task<BackendApp> OnAsync(Store store, bool assessing = false, params IReadOnlyList<(string Key, string Value)> settings) => new()
    {
        Assessing = assessing,
        Settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value),
        Shared = store == Store.Replicated ? await SharedStore.NewAsync() : null,
    };

    /// <summary>Another process on the same store; to be disposed of before this one.</summary>
    public BackendApp Replica() => new() { Assessing = Assessing, Settings = Settings, Folder = Folder, Shared = Shared, isReplica = true };

    /// <summary>Asserts what is so at once on the embedded store, and a moment later where one of several replicas counts for all.</summary>
    public async Task SoonAsync(Func<Task> assertions)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (ShouldAssertException) when (Shared is not null && watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), Cancel);
            }
        }
    }

    /// <summary>Waits until nothing happens any more behind the answers that were given.</summary>
    public Task SettledAsync() => Client.UntilAsync(async () =>
        await CountAsync(Shared is null ? "delivery" : "standing_change") == 0
        && await CountAsync("result_document") == 0
        && (Shared is null || await CountAsync("event") + await CountAsync("standing_fresh") == 0));

    public async Task<long> CountAsync(string table) => (await Database.Sql($"select count(*) from {table}").NumberAsync(Cancel))!.Value;

    /// <summary>Every row of every table, and every blob: two equal dumps mean that nothing changed.</summary>
    public async Task<string> DumpAsync()
    {
        // Which replica does what, and until when, changes by itself.
        var tables = await Database.Sql(Shared is null
            ? "select name from sqlite_master where type = 'table' order by name"
            : "select tablename::text from pg_tables where schemaname = current_schema() and tablename not in ('lease', 'standing_fresh', 'standing_sorted') union all select 'standing' order by 1").ListAsync(row => row.GetString(0), Cancel);
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            var rows = await Database.Sql($"select * from {table} order by 1, 2").ListAsync(TextOf, Cancel);
            dump.Append(table).AppendLine(":").AppendJoin('\n', rows).AppendLine();
        }

        return dump.AppendJoin('\n', (await BlobsAsync()).Order()).ToString();
    }

    private static string TextOf(DbDataReader row) => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var value => value.ToString(),
    }));

    /// <summary>Ids of the documents in the blob store.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var ids = await Services.GetRequiredService<IBlobStore>().ListAsync(DocumentStore.Prefix, Cancel).Select(blob => DocumentStore.IdOf(blob.Key)!).ToListAsync(Cancel);
        if (Shared?.S3 is null)
            return ids;

        // Others have theirs in the same bucket.
        var mine = await Database.Sql("select id from result union all select id from tombstone").ListAsync(row => row.GetString(0), Cancel);
        return [.. ids.Intersect(mine)];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Folder", Folder);
        foreach (var (key, value) in Shared?.Settings ?? new Dictionary<string, string?>())
            builder.UseSetting(key, value);
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        if (Assessing)
            builder.ConfigureServices(services => services.AddAssessor<InProcessAssessor>());
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (isReplica)
            return;
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        if (Shared is not null)
            await Shared.RemoveAsync();
    }
}

/// <summary>The assessment without the network between.</summary>
internal sealed class InProcessAssessor : IAssessor
{
    public ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel) => ValueTask.FromResult(Assessor.Assess(request));
}
