using PcBench.Platform.Hosting;

namespace PcBench.Backend.Limits;

internal static class LimitServices
{
    /// <summary>Registers the limits. They use the Redis and the clock that are registered elsewhere.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddCheckedOptions<LimitOptions, LimitOptionsCheck>(LimitOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.TrustedProxies = OptionRules.ListOf(configuration.GetSection("Limits:TrustedProxies")));
        services.AddSingleton<SharedCounts>();
        services.AddSingleton<RateLimiter>();
    }
}
