using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Backend.Features.Imports;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

/// <summary>Results of other programs: taken in by their owner, kept apart, gone when the owner says so.</summary>
public sealed class ImportTests
{
    private const string Cpu = "intel-xeon-platinum-8124m";
    private const string Table = """
        cpu,threads,score
        Intel(R) Xeon(R) Platinum 8124M CPU @ 3.00GHz,4,1133
        Intel(R) Xeon(R) Platinum 8124M CPU @ 3.00GHz,4,1155
        Intel(R) Xeon(R) Platinum 8124M CPU @ 3.00GHz,4,fast
        """;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task Good_rows_are_kept_apart_from_what_is_ranked_and_bad_ones_are_named(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder());

        using var response = await ImportAsync(http, Table);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var summary = await response.ReadAsync(ApiJson.Default.ImportSummary);
        (summary.Results, summary.Stored, summary.Known, summary.Refused).ShouldBe((2, 2, 0, 1));
        summary.Errors.ShouldHaveSingleItem().Field.ShouldBe("line 4, score");
        await app.SoonAsync(async () =>
        {
            var imports = await http.GetAsync($"/api/v1/cpus/{Cpu}/imports", ApiJson.Default.CpuImports);
            (imports.Results, imports.Metrics.ShouldHaveSingleItem().Metric, imports.Metrics[0].Median).ShouldBe((2, "geekbench6.single", 1144));
            (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(1);
        });
        (await http.StatusAsync($"/api/v1/cpus/{Cpu}")).ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync("/api/v1/cpus", ApiJson.Default.CpuList)).Cpus.ShouldHaveSingleItem();
        (await app.CountAsync("standing")).ShouldBe(1);
        (await http.GetStringAsync("/api/v1/exports/results.jsonl", Cancel)).ShouldNotContain("8124M");
        (await http.GetStringAsync("/api/v1/exports/imports.jsonl", Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task Its_owner_deletes_an_import_and_nothing_remains(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var before = await app.CountAsync("imported_result") + await app.CountAsync("import");
        using var imported = await ImportAsync(http, Table);
        var id = (await imported.ReadAsync(ApiJson.Default.ImportSummary)).Id!;

        (await http.SendAsync(HttpMethod.Delete, $"/api/v1/imports/{id}", ECDsa.Create(ECCurve.NamedCurves.nistP256).TokenFor(id))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.SendAsync(HttpMethod.Delete, $"/api/v1/imports/{id}", key.TokenFor(id))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await app.CountAsync("imported_result") + await app.CountAsync("import")).ShouldBe(before);
        (await http.StatusAsync($"/api/v1/imports/{id}", key.TokenFor(id))).ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync($"/api/v1/cpus/{Cpu}/imports", ApiJson.Default.CpuImports)).Results.ShouldBe(0);
        (await http.GetStringAsync("/api/v1/exports/imports.jsonl", Cancel)).ShouldBeEmpty();
        (await ImportAsync(http, Table)).StatusCode.ShouldBe(HttpStatusCode.Created); // and may come again
    }

    [Fact]
    public async Task What_a_process_that_ended_meanwhile_left_of_a_deleted_import_goes_when_the_next_one_starts()
    {
        await using var folder = new BackendApp();
        await using (var first = folder.Replica())
        {
            using var imported = await ImportAsync(first.CreateClient(), Table);
            var import = await ImportSql.FindAsync(first.Database, (await imported.ReadAsync(ApiJson.Default.ImportSummary)).Id!, Cancel);
            await first.Database.WriteAsync(async (write, token) =>
            {
                await ImportSql.HideAsync(write, import!.No, token);
                return true;
            }, Cancel);
            (await first.CountAsync("imported_result")).ShouldBe(2);
        }

        await using var second = folder.Replica();
        second.CreateClient().Dispose();

        await Client.UntilAsync(async () => await second.CountAsync("imported_result") + await second.CountAsync("import") == 0);
    }

    [Theory, EveryStore]
    public async Task A_private_import_is_its_owners_alone(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        using var imported = await ImportAsync(http, Table, "private");
        var id = (await imported.ReadAsync(ApiJson.Default.ImportSummary)).Id!;

        (await http.StatusAsync($"/api/v1/imports/{id}")).ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync($"/api/v1/cpus/{Cpu}/imports", ApiJson.Default.CpuImports)).Results.ShouldBe(0);
        (await http.GetStringAsync("/api/v1/exports/imports.jsonl", Cancel)).ShouldBeEmpty();
        var view = await http.GetAsync($"/api/v1/imports/{id}", ApiJson.Default.ImportView, key.TokenFor(id));
        (view.Owned, view.Count, view.Results.Count).ShouldBe((true, 2, 2));

        var change = new StringContent("""{"visibility":"public"}""", Encoding.UTF8, "application/json");
        (await http.SendAsync(HttpMethod.Put, $"/api/v1/imports/{id}/visibility", key.TokenFor(id), change)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.SoonAsync(async () => (await http.GetAsync($"/api/v1/cpus/{Cpu}/imports", ApiJson.Default.CpuImports)).Results.ShouldBe(2));
    }

    [Theory, EveryStore]
    public async Task The_same_rows_again_are_known(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        using var first = await ImportAsync(http, Table);

        using var second = await ImportAsync(http, Table + "\nAnother,8,2000");

        var summary = await second.ReadAsync(ApiJson.Default.ImportSummary);
        (summary.Stored, summary.Known).ShouldBe((1, 2));
        (await app.CountAsync("imported_result")).ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task Rows_of_an_import_that_was_cut_off_are_not_known_and_go_to_the_one_that_comes_again(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        using var first = await ImportAsync(http, Table);
        var cutOff = (await first.ReadAsync(ApiJson.Default.ImportSummary)).Id!;
        await CutOffAsync(app, cutOff);

        using var again = await ImportAsync(http, Table + "\nAnother,8,2000\nAnother,8,2000");

        var summary = await again.ReadAsync(ApiJson.Default.ImportSummary);
        (again.StatusCode, summary.Stored, summary.Known).ShouldBe((HttpStatusCode.Created, 3, 1));
        (await http.GetAsync($"/api/v1/imports/{summary.Id}", ApiJson.Default.ImportView)).Count.ShouldBe(3);

        // What is left of the first one is removed in time, and takes nothing with it.
        await app.Services.GetRequiredService<ImportStore>().SweepAsync(TimeProvider.System.GetUtcNow(), Cancel);
        (await app.CountAsync("import")).ShouldBe(1);
        (await app.CountAsync("imported_result")).ShouldBe(3);
    }

    /// <summary>As a process leaves it that is killed in the middle.</summary>
    private static Task<int> CutOffAsync(BackendApp app, string id) => app.Database.WriteAsync(
        (write, token) => write.Sql("update import set completed_at = null where id = @id").With("id", id).ExecuteAsync(token), Cancel);

    [Theory, EveryStore]
    public async Task Without_its_owner_nothing_is_stored_but_all_of_it_can_be_tried(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();

        (await http.PostAsync("/api/v1/imports?map=cpuModel%3Dcpu,geekbench6.single%3Dscore&visibility=public", new StringContent(Table), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var tried = await http.PostAsync("/api/v1/imports?map=cpuModel%3Dcpu,geekbench6.single%3Dscore&dryRun=true", new StringContent(Table), Cancel);

        var summary = await tried.ReadAsync(ApiJson.Default.ImportSummary);
        (summary.Format, summary.Results, summary.Refused, summary.DryRun, summary.Id).ShouldBe((ImportFormat.Csv, 2, 1, true, null));
        (await app.CountAsync("import")).ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"version\":\"Geekbench 6.3\"", 400)]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><PhoronixTestSuite>&b;</PhoronixTestSuite>", 400)]
    [InlineData("BaselineInfo: &a {}\nVersion: *a", 400)]
    [InlineData("nothing of this", 400)]
    [InlineData("", 400)]
    public async Task What_is_no_result_of_any_program_is_refused_with_its_reasons(string body, int status)
    {
        await using var app = new BackendApp();

        using var response = await ImportAsync(app.CreateClient(), body, map: null);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.ProblemAsync()).Errors!.ShouldNotBeEmpty();
        (await app.CountAsync("import")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task An_import_that_is_too_large_leaves_nothing(Store store)
    {
        await using var app = await BackendApp.OnAsync(store, settings: ("Imports:MaxBytes", "20000"));

        using var response = await ImportAsync(app.CreateClient(), Rows(3_000));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await app.CountAsync("import") + await app.CountAsync("imported_result")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Thousands_of_rows_are_stored(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);

        using var response = await ImportAsync(app.CreateClient(), Rows(3_000));

        (await response.ReadAsync(ApiJson.Default.ImportSummary)).Stored.ShouldBe(3_000);
        (await app.CountAsync("imported_result")).ShouldBe(3_000);
    }

    private static string Rows(int count) => "cpu,threads,score\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"CPU {i},8,{1_000 + i}\n"));

    private Task<HttpResponseMessage> ImportAsync(HttpClient http, string body, string visibility = "public", string? map = "cpuModel=cpu,threads=threads,geekbench6.single=score")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/imports?visibility={visibility}{(map is null ? "" : $"&map={Uri.EscapeDataString(map)}")}") { Content = new StringContent(body) };
        request.Headers.Add("Authorization", $"{OwnerToken.Scheme} {key.TokenFor(SignedContent.NewId())}");
        request.Headers.Add("PcBench-Key", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        return http.SendAsync(request, Cancel);
    }
}
