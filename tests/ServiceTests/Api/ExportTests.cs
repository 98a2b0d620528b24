using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Exports;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class ExportTests
{
    // A full segment and the beginning of the next.
    private const int Results = ExportSegments.Size + 4;

    [Theory, EveryStore]
    public async Task Exports_hold_every_public_result_with_every_sample(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var builders = Enumerable.Range(0, Results).Select(_ => new ResultBuilder()).ToList();
        var ids = new List<string>();
        foreach (var builder in builders)
            ids.Add(await http.SubmitAsync(builder));

        var lines = await LinesAsync(http);
        var rows = (await http.GetStringAsync("/api/v1/exports/results.csv", TestContext.Current.CancellationToken))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines.Select(line => line.Id).ShouldBe(ids);
        lines[7].Document.Workloads[3].Samples.ShouldBe(builders[7].Document().Workloads[3].Samples);
        rows.Length.ShouldBe(1 + Results * builders[0].Document().Workloads.Count);
        rows.ShouldAllBe(row => row.Split(',', StringSplitOptions.None).Length == rows[0].Split(',', StringSplitOptions.None).Length);
    }

    [Theory, EveryStore]
    public async Task A_name_that_looks_like_a_formula_is_harmless_in_the_csv(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder { Cpu = "=HYPERLINK(0,1)", Vendor = "@SUM(A1)" });

        var csv = await http.GetStringAsync("/api/v1/exports/results.csv", TestContext.Current.CancellationToken);

        csv.ShouldContain(",'@SUM(A1),\"'=HYPERLINK(0,1)\",");
    }

    [Theory, EveryStore]
    public async Task A_full_segment_is_read_as_one_blob(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var ids = await SubmitAsync(http, []);
        await app.SettledAsync();
        var first = await LinesAsync(http);

        await Blobs(app).DeleteAsync(DocumentStore.KeyOf(ids[0]), TestContext.Current.CancellationToken);
        var second = await LinesAsync(http);

        second.Select(line => JsonSerializer.Serialize(line, ApiJson.Default.ExportRow))
            .ShouldBe(first.Select(line => JsonSerializer.Serialize(line, ApiJson.Default.ExportRow)));
    }

    [Theory]
    [EveryStore(true)]
    [EveryStore(false)]
    public async Task What_is_deleted_or_hidden_is_in_no_segment_any_more(Store store, bool deletes)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var mine = new ResultBuilder();
        var ids = await SubmitAsync(http, [mine]);
        await app.SettledAsync();
        await LinesAsync(http);
        (await SegmentsAsync(app)).ShouldNotBeEmpty();

        using var answer = deletes
            ? await http.DeleteResultAsync(ids[0], mine.Key.TokenFor(ids[0]))
            : await http.SetVisibilityAsync(ids[0], "private", mine.Key.TokenFor(ids[0]));

        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await SegmentsAsync(app)).ShouldBeEmpty();
        (await LinesAsync(http)).Select(line => line.Id).ShouldBe(ids.Skip(1));
        (await SegmentsAsync(app)).ShouldNotBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_segment_left_behind_is_never_read_and_is_swept_away(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var mine = new ResultBuilder();
        var ids = await SubmitAsync(http, [mine]);
        await app.SettledAsync();
        await LinesAsync(http);
        var old = (await SegmentsAsync(app)).ShouldHaveSingleItem();
        var kept = await Blobs(app).GetAsync(old, TestContext.Current.CancellationToken);
        using var deleted = await http.DeleteResultAsync(ids[0], mine.Key.TokenFor(ids[0]));
        await Blobs(app).PutAsync(old, kept!, TestContext.Current.CancellationToken);

        (await LinesAsync(http)).Select(line => line.Id).ShouldBe(ids.Skip(1));
        await app.Services.GetRequiredService<ExportSegments>().SweepAsync(TestContext.Current.CancellationToken);

        (await SegmentsAsync(app)).ShouldHaveSingleItem().ShouldNotBe(old);
    }

    [Theory]
    [EveryStore(true)]
    [EveryStore(false)]
    public async Task A_segment_that_was_being_made_while_a_result_of_it_went_is_not_kept(Store store, bool deletes)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var mine = new ResultBuilder();
        var ids = await SubmitAsync(http, [mine]);
        await app.SettledAsync();
        var late = new BlobsThatTakeTheirTime(Blobs(app), async () =>
        {
            using var gone = deletes
                ? await http.DeleteResultAsync(ids[0], mine.Key.TokenFor(ids[0]))
                : await http.SetVisibilityAsync(ids[0], "private", mine.Key.TokenFor(ids[0]));
            gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        });
        var exports = ActivatorUtilities.CreateInstance<ExportSegments>(app.Services, late);

        (await exports.LinesAsync(TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken)).ShouldBe(2);

        (await SegmentsAsync(app)).ShouldBeEmpty();
    }

    /// <summary>A store in which something else happens before a blob is there.</summary>
    private sealed class BlobsThatTakeTheirTime(IBlobStore blobs, Func<Task> meanwhile) : IBlobStore
    {
        public async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel)
        {
            await meanwhile();
            await blobs.PutAsync(key, content, cancel);
        }

        public Task<byte[]?> GetAsync(string key, CancellationToken cancel) => blobs.GetAsync(key, cancel);

        public Task DeleteAsync(string key, CancellationToken cancel) => blobs.DeleteAsync(key, cancel);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => blobs.ListAsync(prefix, cancel);
    }

    private static async Task<List<string>> SubmitAsync(HttpClient http, IReadOnlyList<ResultBuilder> first)
    {
        var ids = new List<string>();
        foreach (var result in first.Concat(Enumerable.Range(first.Count, Results - first.Count).Select(_ => new ResultBuilder())))
            ids.Add(await http.SubmitAsync(result));
        return ids;
    }

    private static async Task<List<ExportRow>> LinesAsync(HttpClient http) =>
        [.. (await http.GetStringAsync("/api/v1/exports/results.jsonl", TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ApiJson.Default.ExportRow)!)];

    private static IBlobStore Blobs(BackendApp app) => app.Services.GetRequiredService<IBlobStore>();

    private static ValueTask<List<string>> SegmentsAsync(BackendApp app) =>
        Blobs(app).ListAsync(ExportSegments.Prefix, TestContext.Current.CancellationToken).Select(blob => blob.Key).ToListAsync(TestContext.Current.CancellationToken);
}
