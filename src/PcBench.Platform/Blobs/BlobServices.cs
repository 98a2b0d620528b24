using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PcBench.Platform.Data;
using PcBench.Platform.Hosting;

namespace PcBench.Platform.Blobs;

/// <summary>Registers the store of documents.</summary>
public static class BlobServices
{
    /// <summary>
    /// <see cref="IBlobStore"/> as <see cref="BlobOptions"/> says: an object store, or the folder of <see cref="DataOptions"/>.
    /// </summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.AddCheckedOptions<BlobOptions, BlobOptionsCheck>(BlobOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<IOptions<BlobOptions>>().Value.S3 is { IsConfigured: true } s3
            ? new S3BlobStore(s3, provider.GetRequiredService<TimeProvider>())
            : new FolderBlobStore(provider.GetRequiredService<IOptions<DataOptions>>().Value.BlobFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<BucketStartup>();
        return services;
    }
}

/// <summary>
/// Makes the bucket where it is missing. Where the store is away the service starts all the same: what comes in meanwhile
/// waits in the database.
/// </summary>
internal sealed partial class BucketStartup(IBlobStore blobs, ILogger<BucketStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (blobs is S3BlobStore store)
                await store.EnsureBucketAsync(cancellationToken);
        }
        catch (Exception error) when (BlobOutage.Is(error))
        {
            Log.Away(logger, error.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The object store does not answer ({Error})")]
        public static partial void Away(ILogger logger, string error);
    }
}
