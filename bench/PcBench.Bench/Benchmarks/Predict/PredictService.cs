using Microsoft.Extensions.Options;
using PcBench.Bench.Servers;
using PcBench.Ml.Registry;
using PcBench.Ml.Training;
using PcBench.Platform.Blobs;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Benchmarks.Predict;

/// <summary>An ml-service as a process, with two models in its registry.</summary>
internal sealed class PredictService : IAsyncDisposable
{
    private readonly DotnetProcess process;
    private readonly ModelRegistry registry;
    private readonly string[] versions;
    private int active;

    private PredictService(DotnetProcess process, ModelRegistry registry, string[] versions) => (this.process, this.registry, this.versions) = (process, registry, versions);

    /// <summary>The program as the image carries it, compiled ahead.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish/PcBench.Ml/release_linux-x64/PcBench.Ml.dll"));

    public Uri Address => process.Address;

    public static async Task<PredictService> StartAsync(LoadedModel model, CancellationToken cancel)
    {
        var folder = ServerFolder.New("ml");
        var registry = new ModelRegistry(new FolderBlobStore(Path.Combine(folder, "blobs"), TimeProvider.System), Options.Create(new ModelOptions()));

        // The other model is the same one with an example less: another version that costs as much to read.
        string[] versions = [await StoreAsync(registry, model.File, cancel), await StoreAsync(registry, model.File with { Examples = [.. model.File.Examples.Skip(1)] }, cancel)];
        await registry.ActivateAsync(versions[0], cancel);
        var port = Ports.Free();
        var process = await DotnetProcess.StartAsync(["dotnet", Program], port, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["Data__Folder"] = folder,
            ["Ml__ReloadSeconds"] = "1",
        });
        try
        {
            await TakenModel.CheckAsync(process.Address, Program, versions[0], cancel);
            return new PredictService(process, registry, versions);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Activates the model that is not active.</summary>
    public Task ActivateOtherAsync(CancellationToken cancel) => registry.ActivateAsync(versions[active = 1 - active], cancel);

    public Task<(double Now, double Peak)> MemoryMibAsync() => process.MemoryMibAsync();

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<string> StoreAsync(ModelRegistry registry, ModelFile file, CancellationToken cancel)
    {
        var bytes = file.ToBytes();
        var card = new ModelCard(ModelRegistry.VersionOf(bytes), TimeProvider.System.GetUtcNow(), 0, "bench", "", [], [], new Dictionary<string, Accuracy>(), null);
        await registry.StoreAsync(bytes, card, "", cancel);
        return card.Version;
    }
}
