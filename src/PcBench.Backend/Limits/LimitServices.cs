using Microsoft.Extensions.Options;

namespace PcBench.Backend.Limits;

internal static class LimitServices
{
    /// <summary>Registers the limits. They use the Redis and the clock that are registered elsewhere.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).Configure<IConfiguration>(ReadProxies).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsCheck>();
        services.AddSingleton<SharedCounts>();
        services.AddSingleton<RateLimiter>();
    }

    // A list in a file, one text in an environment variable. The framework would pass over a text where it looks for a list.
    private static void ReadProxies(LimitOptions options, IConfiguration configuration)
    {
        var section = configuration.GetSection("Limits:TrustedProxies");
        options.TrustedProxies =
        [
            .. (section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            .. section.GetChildren().Select(child => child.Value?.Trim() ?? ""),
        ];
    }
}
