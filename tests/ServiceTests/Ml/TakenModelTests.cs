using Microsoft.Extensions.Options;
using PcBench.Bench.Benchmarks.Predict;
using PcBench.Ml.Registry;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Servers;
using PcBench.ServiceTests.Telemetry;

namespace PcBench.ServiceTests.Ml;

/// <summary>'bench/run predict' measures an ml-service only with the model that it was given.</summary>
public sealed class TakenModelTests(TrainedOnce once)
{
    [Fact]
    public async Task A_service_that_took_the_model_is_measured()
    {
        using var ml = await MlProcess.StartAsync(("Data__Folder", await ActivatedAsync()));

        await CheckAsync(ml);
    }

    [Fact]
    public async Task A_service_that_refused_the_model_for_its_signature_is_not()
    {
        using var ml = await MlProcess.StartAsync(("Data__Folder", await ActivatedAsync()), ("Ml__SigningKey", "a key of sixteen or more"));

        (await Should.ThrowAsync<InvalidOperationException>(() => CheckAsync(ml))).Message.ShouldContain($"did not take model {once.Trained.Card.Version}, it answers with none");
    }

    [Fact]
    public async Task A_service_that_answers_with_another_model_is_not()
    {
        var file = ServerFolder.New("other");
        var other = (once.Trained.File with { Examples = [] }).ToBytes();
        await File.WriteAllBytesAsync(file, other, Cancel);
        using var ml = await MlProcess.StartAsync(("Data__Folder", await ActivatedAsync()), ("Ml__File", file));

        (await Should.ThrowAsync<InvalidOperationException>(() => CheckAsync(ml))).Message.ShouldContain($"it answers with {ModelRegistry.VersionOf(other)}");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task CheckAsync(MlProcess ml) => TakenModel.CheckAsync(ml.Address, "PcBench.Ml.dll", once.Trained.Card.Version, Cancel);

    /// <returns>A data folder whose active model is the trained one.</returns>
    private async Task<string> ActivatedAsync()
    {
        var folder = ServerFolder.New("taken");
        var registry = new ModelRegistry(new FolderBlobStore(Path.Combine(folder, "blobs"), TimeProvider.System), Options.Create(new ModelOptions()));
        await registry.StoreAsync(once.Trained.Bytes, once.Trained.Card, "", Cancel);
        await registry.ActivateAsync(once.Trained.Card.Version, Cancel);
        return folder;
    }
}
