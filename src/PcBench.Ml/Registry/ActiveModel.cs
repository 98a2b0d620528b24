using Microsoft.Extensions.Options;

namespace PcBench.Ml.Registry;

/// <summary>A model with its version, and when it was trained, where that is known.</summary>
internal sealed record LoadedModel(string Version, ModelFile File, DateTimeOffset? Trained = null)
{
    public Neighbours Neighbours { get; } = new(File.Examples);
}

/// <summary>
/// The model that answers. Another is read beside it and then takes its place by one assignment: a request that began with the
/// former ends with it.
/// </summary>
internal sealed partial class ActiveModel(ModelRegistry registry, IOptions<ModelOptions> options, TimeProvider time, ILogger<ActiveModel> logger) : BackgroundService
{
    private volatile LoadedModel? current;
    private string? refused;

    /// <summary>The model; null while there is none.</summary>
    public LoadedModel? Current => current;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReloadSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            if (options.Value.File is { } path)
            {
                if (current is null)
                    Use(await FromFileAsync(path, cancel));
                return;
            }

            var active = await registry.ActiveAsync(cancel);
            if (active is null || active.Version == current?.Version || active.Version == refused)
                return;
            refused = active.Version;
            Use(new LoadedModel(active.Version, await registry.LoadAsync(active.Version, cancel), (await registry.CardAsync(active.Version, cancel))?.Date));
            refused = null;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Whatever is wrong with the store or a model, the one that answers goes on.
            if (problem is not RefusedModelException and not InvalidDataException)
                refused = null;
            Log.NotLoaded(logger, problem.Message, current?.Version ?? "none");
        }
    }

    public static async Task<LoadedModel> FromFileAsync(string path, CancellationToken cancel)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancel);
        return new LoadedModel(ModelRegistry.VersionOf(bytes), ModelFile.Of(bytes), File.GetLastWriteTimeUtc(path));
    }

    private void Use(LoadedModel model)
    {
        current = model;
        Log.Loaded(logger, model.Version);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Model {Version} is active")]
        public static partial void Loaded(ILogger logger, string version);

        [LoggerMessage(Level = LogLevel.Warning, Message = "No other model was taken ({Problem}); active: {Version}")]
        public static partial void NotLoaded(ILogger logger, string problem, string version);
    }
}
