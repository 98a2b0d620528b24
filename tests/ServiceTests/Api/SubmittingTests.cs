using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.Platform.Data;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class SubmittingTests
{
    [Theory, EveryStore]
    public async Task A_submitted_result_has_a_page_with_its_scores_and_ranks(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();

        using var response = await http.PostResultAsync(new ResultBuilder().Signed());

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var submission = await response.ReadAsync(ApiJson.Default.Submission);
        response.Headers.Location!.ToString().ShouldBe($"/api/v1/results/{submission.Id}");
        submission.Scores.Count.ShouldBe(4);
        var view = await http.GetAsync($"/api/v1/results/{submission.Id}", ApiJson.Default.ResultView);
        view.CpuId.ShouldBe("amd-ryzen-9-7950x");
        view.Owned.ShouldBeFalse();
        view.Scores.ShouldAllBe(score => score.Rank == new RankInterval(1, 1, 1));
    }

    [Theory, EveryStore]
    public async Task The_document_comes_back_byte_for_byte_before_and_after_it_moves_to_the_blob_store(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        byte[] document = [.. "  "u8, .. new ResultBuilder().Signed(), .. "\n"u8];

        var id = (await (await http.PostResultAsync(document)).ReadAsync(ApiJson.Default.Submission)).Id;

        (await http.GetByteArrayAsync($"/api/v1/results/{id}/document", TestContext.Current.CancellationToken)).ShouldBe(document);
        await Client.UntilAsync(async () => await app.CountAsync("result_document") == 0);
        (await http.GetByteArrayAsync($"/api/v1/results/{id}/document", TestContext.Current.CancellationToken)).ShouldBe(document);
        (await app.BlobsAsync()).ShouldBe([id]);
    }

    [Theory, EveryStore]
    public async Task Submitting_the_same_document_twice_stores_it_once_and_keeps_its_visibility(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var document = new ResultBuilder().Signed();
        await http.PostResultAsync(document, "unlisted");

        using var again = await http.PostResultAsync(document, "public");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.ReadAsync(ApiJson.Default.Submission)).Visibility.ShouldBe(Visibility.Unlisted);
        (await app.CountAsync("result")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task The_same_samples_under_another_key_are_a_copy(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var original = new ResultBuilder();
        await http.SubmitAsync(original);
        var copy = ResultSigner.Sign(original.Document(), new ResultBuilder().Key);

        using var response = await http.PostResultAsync(copy);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe("workloads");
        (await app.CountAsync("result")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task Nothing_is_submitted_without_saying_who_may_see_it(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);

        using var response = await app.CreateClient().PostResultAsync(new ResultBuilder().Signed(), "");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe("visibility");
    }

    [Theory, EveryStore]
    public async Task A_hundred_submissions_at_once_are_all_stored(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();

        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => http.SubmitAsync(new ResultBuilder())));

        ids.Distinct().Count().ShouldBe(100);
        (await app.CountAsync("result")).ShouldBe(100);
    }

    [Theory, EveryStore]
    public async Task Names_that_are_harmless_but_look_like_sql_are_stored_as_they_are(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var id = await http.SubmitAsync(new ResultBuilder { Cpu = "x'; drop table result; --", Vendor = "' or '1'='1" });

        (await http.GetAsync($"/api/v1/results/{id}", ApiJson.Default.ResultView)).CpuName.ShouldBe("x'; drop table result; --");
        (await app.CountAsync("result")).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_queue_is_full_it_says_when_to_come_again_and_stores_what_it_took()
    {
        await using var app = new BackendApp();
        await using var small = app.WithWebHostBuilder(builder => builder.UseSetting("Submissions:QueueLength", "1").UseSetting("Submissions:BatchSize", "1"));
        var http = small.CreateClient();
        var refused = 0;
        var answers = new List<HttpStatusCode>();

        // While the store is held, one submission is with the writer and one in the queue: there is no place for more.
        await small.Services.GetRequiredService<Database>().ReadExclusivelyAsync(async _ =>
        {
            var submitting = Enumerable.Range(0, 10).Select(async _ =>
            {
                using var response = await http.PostResultAsync(new ResultBuilder().Signed());
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(1))
                    Interlocked.Increment(ref refused);
                lock (answers)
                    answers.Add(response.StatusCode);
            }).ToList();
            await Client.UntilAsync(() => Task.FromResult(Volatile.Read(ref refused) >= 8));
        }, TestContext.Current.CancellationToken);

        await Client.UntilAsync(() => Task.FromResult(answers.Count == 10));
        answers.Count(status => status == HttpStatusCode.Created).ShouldBe(10 - refused);
        (await small.Services.GetRequiredService<Database>().Sql("select count(*) from result").NumberAsync(TestContext.Current.CancellationToken)).ShouldBe(10 - refused);
    }
}
