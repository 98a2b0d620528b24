using System.Net;
using PcBench.Contracts.Signing;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class DeletingTests
{
    private const string CpuId = "intel-core-i7-2600";

    private readonly ResultBuilder mine = new() { Cpu = "Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz", Vendor = "Intel", Cores = 4 };

    [Theory]
    [EveryStore(true)]
    [EveryStore(false)]
    public async Task A_deleted_result_is_gone_everywhere_at_once(Store store, bool archived)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var other = await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine);
        if (archived)
            await Client.UntilAsync(async () => await app.CountAsync("result_document") == 0);

        using var deleted = await http.DeleteResultAsync(id, mine.Key.TokenFor(id));

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await http.PlacesOfAsync(id, other, CpuId, "2600")).ShouldBeEmpty();
        (await http.StatusAsync($"/api/v1/results/{id}", mine.Key.TokenFor(id))).ShouldBe(HttpStatusCode.NotFound);
        await app.SettledAsync();
        (await app.BlobsAsync()).Except([other]).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_deleted_result_is_not_taken_again_under_any_key(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var document = mine.Signed();
        var id = await http.SubmitAsync(mine);
        await http.DeleteResultAsync(id, mine.Key.TokenFor(id));

        using var again = await http.PostResultAsync(document);
        using var copy = await http.PostResultAsync(ResultSigner.Sign(mine.Document(), new ResultBuilder().Key));

        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
        copy.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await again.ProblemAsync()).Detail!.ShouldContain("Measure again");
    }

    [Fact]
    public async Task Nothing_of_a_deleted_result_is_left_in_the_file_of_the_embedded_store()
    {
        var app = new BackendApp();
        var (file, owner) = (Path.Combine(app.Folder, "pcbench.db"), mine.Key.ExportSubjectPublicKeyInfo());
        var http = app.CreateClient();
        for (var i = 0; i < 3; i++)
            await http.SubmitAsync(new ResultBuilder());
        var id = await http.SubmitAsync(mine, "private");
        await app.SettledAsync();
        (await http.DeleteResultAsync(id, mine.Key.TokenFor(id))).Dispose();
        await app.SettledAsync();
        await app.Database.Sql("pragma wal_checkpoint(truncate)").ExecuteAsync(TestContext.Current.CancellationToken);

        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf(owner).ShouldBe(-1);
        await app.DisposeAsync();
    }

    [Theory, EveryStore]
    public async Task Deleting_twice_finds_nothing_the_second_time(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(mine);

        using var first = await http.DeleteResultAsync(id, mine.Key.TokenFor(id));
        using var second = await http.DeleteResultAsync(id, mine.Key.TokenFor(id));

        second.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
