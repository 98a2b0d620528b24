using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.Platform.Hosting;

namespace PcBench.Ml.Registry;

/// <summary>Registers the models and the one that answers.</summary>
internal static class RegistryServices
{
    /// <summary>The active model of the registry, which is looked for while the service runs.</summary>
    public static IServiceCollection AddModel(this IServiceCollection services) => services.AddRegistry().AddHostedSingleton<ActiveModel>();

    public static IServiceCollection AddRegistry(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section);
        services.AddCheckedOptions<ModelOptions, ModelOptionsCheck>(ModelOptions.Section);
        services.AddBlobs();
        return services.AddSingleton<ModelRegistry>();
    }
}
