using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Options;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Ml.Registry;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Ml;

/// <summary>The service as a process of its own, over HTTP.</summary>
public sealed class MlServiceTests(TrainedOnce once)
{
    private const string Listening = "Now listening on";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_predicts_assesses_refuses_and_reloads_without_dropping_a_request()
    {
        var folder = ServerFolder.New("ml");
        var port = Ports.Free();
        var registry = new ModelRegistry(new FolderBlobStore(Path.Combine(folder, "blobs"), TimeProvider.System), Options.Create(new ModelOptions()));
        await StoreAsync(registry, once.Trained.File);
        await registry.ActivateAsync(once.Trained.Card.Version, Cancel);
        await using var process = await ServerProcess.StartAsync(
            ["env", $"Data__Folder={folder}", "Ml__ReloadSeconds=1", $"ASPNETCORE_URLS=http://127.0.0.1:{port}", "dotnet", "exec", typeof(ModelOptions).Assembly.Location], "TERM", Listening, folder);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        await PredictsAsync(client);
        await AssessesAsync(client);
        await RefusesAsync(client);
        await ReloadsAsync(client, registry);
    }

    private async Task PredictsAsync(HttpClient client)
    {
        var one = await PredictAsync(client);
        one.Model.ShouldBe(once.Trained.Card.Version);
        one.Metrics.ShouldContain(metric => metric.Metric == "geekbench6.multi" && metric.Low < metric.Median && metric.Median < metric.High);

        using var batch = await client.PostAsJsonAsync("/v1/predict/batch", new PredictBatch([.. Enumerable.Repeat(Request, 500)]), ApiJson.Default.PredictBatch, Cancel);
        var many = (await batch.Content.ReadFromJsonAsync(ApiJson.Default.PredictionBatch, Cancel))!;
        many.Items.Count.ShouldBe(500);
        many.Items[^1].Metrics[0].Median.ShouldBe(one.Metrics[0].Median);
    }

    private static async Task AssessesAsync(HttpClient client)
    {
        AssessRequest Of(double bandwidth) => new(null, null) { Hardware = Request.Hardware, Scores = new Dictionary<string, double> { ["geekbench6.single"] = 1300, ["geekbench6.multi"] = 6900, ["bw-mem.read"] = bandwidth } };
        using var response = await client.PostAsJsonAsync("/v1/assess/batch", new AssessBatch([Of(72_000), Of(2_000_000)]), ApiJson.Default.AssessBatch, Cancel);

        var verdicts = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AssessmentBatch, Cancel))!.Items;

        verdicts[1].Score!.Value.ShouldBeGreaterThan(verdicts[0].Score!.Value);
        verdicts[1].Findings[0].Code.ShouldBe("limit");
        verdicts[1].Findings[0].Text.ShouldContain("channels");
    }

    private static async Task RefusesAsync(HttpClient client)
    {
        foreach (var (path, body, field) in new[]
        {
            ("/v1/predict", """{"hardware":{"cores":-1,"threads":4}}""", "hardware.cores"),
            ("/v1/predict", "{}", "hardware"),
            ("/v1/predict/batch", """{"items":[]}""", "items"),
            ("/v1/predict/batch", """{"items":[{"hardware":{"threads":4}},{"hardware":{"threads":4,"baseMhz":1e9}}]}""", "items[1].hardware.baseMhz"),
            ("/v1/assess", """{"hardware":{"threads":4},"scores":{"redis.set":-5}}""", "scores.redis.set"),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(path, content, Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body);
            (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, Cancel))!.Errors!.Select(error => error.Field).ShouldContain(field);
        }

        // It asks before it sends: who is refused in the middle of sending may see the connection break before the answer.
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/predict")
        {
            Content = new StringContent(new string(' ', 5 * 1024 * 1024), Encoding.UTF8, "application/json"),
            Headers = { ExpectContinue = true },
        };
        using var refused = await client.SendAsync(large, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task ReloadsAsync(HttpClient client, ModelRegistry registry)
    {
        var other = once.Trained.File with { Examples = [] };
        var version = await StoreAsync(registry, other);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Enumerable.Range(0, 4).Select(async _ =>
        {
            var seen = new HashSet<string?>();
            while (!enough.IsCancellationRequested)
                seen.Add((await PredictAsync(client)).Model); // fails on anything but 200
            return seen;
        }).ToList();

        await registry.ActivateAsync(version, Cancel);
        while ((await PredictAsync(client)).Model != version)
            Cancel.ThrowIfCancellationRequested();
        await registry.RollbackAsync(Cancel);
        while ((await PredictAsync(client)).Model == version)
            Cancel.ThrowIfCancellationRequested();
        await enough.CancelAsync();

        (await Task.WhenAll(load)).SelectMany(seen => seen).Distinct().ShouldBe([once.Trained.Card.Version, version], ignoreOrder: true);
    }

    private static PredictRequest Request { get; } = new(new Hardware { CpuModel = "Chip 1", Microarchitecture = "Zen 2", Vendor = "AMD", Cores = 8, Threads = 16, BaseMhz = 2500 });

    private static async Task<Prediction> PredictAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/v1/predict", Request, ApiJson.Default.PredictRequest, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.Prediction, Cancel))!;
    }

    private async Task<string> StoreAsync(ModelRegistry registry, ModelFile file)
    {
        var bytes = file.ToBytes();
        var card = once.Trained.Card with { Version = ModelRegistry.VersionOf(bytes) };
        await registry.StoreAsync(bytes, card, "report", Cancel);
        return card.Version;
    }
}
