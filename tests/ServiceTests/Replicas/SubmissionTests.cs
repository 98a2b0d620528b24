using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts.Signing;
using PcBench.Platform.Redis;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Replicas;

/// <summary>The same documents reach several replicas at once.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private BackendApp app = null!;
    private BackendApp other = null!;
    private HttpClient[] replicas = [];

    public async ValueTask InitializeAsync()
    {
        app = await BackendApp.OnAsync(Store.Replicated);
        replicas = [app.CreateClient()];
        other = app.Replica();
        replicas = [.. replicas, other.CreateClient()];
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Of_sixteen_who_send_the_same_documents_one_is_told_that_each_is_new()
    {
        var documents = Enumerable.Range(0, 40).Select(i => (No: i, Body: new ResultBuilder { Cpu = $"Model {i % 7}" }.Signed())).ToList();
        var sending = Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            var mine = documents.ToArray();
            new Random(client).Shuffle(mine);
            var answers = new List<(int No, HttpStatusCode Status)>();
            foreach (var (no, body) in mine[..30])
            {
                using var response = await replicas[client % 2].PostResultAsync(body);
                answers.Add((no, response.StatusCode));
            }

            return answers;
        }));

        var answers = (await Task.WhenAll(sending)).SelectMany(answered => answered).ToLookup(answer => answer.No, answer => answer.Status);

        answers.Count.ShouldBe(documents.Count);
        answers.ShouldAllBe(answer => answer.Count(status => status == HttpStatusCode.Created) == 1 && answer.All(status => status == HttpStatusCode.Created || status == HttpStatusCode.OK));
        foreach (var table in new[] { "result", "standing" })
            (await app.CountAsync(table)).ShouldBe(documents.Count, table);

        // Each was told once: what all have handled leaves the store, and stays for a while in the stream.
        await app.SettledAsync();
        var redis = app.Services.GetRequiredService<RedisServer>();
        (await redis.Database!.StreamRangeAsync(redis.Key("events"))).Count(entry => entry["type"] == "result.submitted").ShouldBe(documents.Count);
        (await app.CountAsync("cpu")).ShouldBe(7);
    }

    [Fact]
    public async Task Of_one_measurement_under_many_keys_one_is_taken()
    {
        for (var round = 0; round < 10; round++)
        {
            var original = new ResultBuilder();
            var copies = Enumerable.Range(0, 8).Select(_ => ResultSigner.Sign(original.Document(), new ResultBuilder().Key)).ToList();

            var answers = await Task.WhenAll(copies.Index().Select(async copy =>
            {
                using var response = await replicas[copy.Index % 2].PostResultAsync(copy.Item);
                return response.StatusCode;
            }));

            answers.Order().ShouldBe([HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)]);
        }
    }

    [Fact]
    public async Task What_is_sent_again_while_it_is_deleted_stays_deleted()
    {
        for (var round = 0; round < 25; round++)
        {
            var builder = new ResultBuilder();
            var document = builder.Signed();
            var copy = ResultSigner.Sign(builder.Document(), new ResultBuilder().Key);
            var id = await replicas[round % 2].SubmitAsync(builder);

            var deleting = replicas[0].DeleteResultAsync(id, builder.Key.TokenFor(id));
            var sending = Enumerable.Range(0, 8).Select(async i =>
            {
                using var response = await replicas[i / 2 % 2].PostResultAsync(i % 2 == 0 ? document : copy);
                return response.StatusCode;
            }).ToList();

            using var deleted = await deleting;
            deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await Task.WhenAll(sending)).ShouldAllBe(status => status == HttpStatusCode.OK || status == HttpStatusCode.Conflict || status == HttpStatusCode.Gone);
            (await replicas[1].PostResultAsync(document)).StatusCode.ShouldBe(HttpStatusCode.Gone);
            (await app.CountAsync("result r join tombstone t on t.id = r.id or t.measurement = r.measurement")).ShouldBe(0);
        }

        (await app.CountAsync("tombstone")).ShouldBe(25);
        foreach (var table in new[] { "result", "standing", "result_document", "assessment" })
            (await app.CountAsync(table)).ShouldBe(0, table);
    }
}
