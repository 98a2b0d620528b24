using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PcBench.Platform.Hosting;

/// <summary>Registrations that every service makes many of.</summary>
public static class HostingServices
{
    /// <summary>Options of a section, which the host refuses to start on where the check finds them wrong.</summary>
    public static OptionsBuilder<TOptions> AddCheckedOptions<TOptions, TCheck>(this IServiceCollection services, string section)
        where TOptions : class
        where TCheck : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TCheck>();
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>A part that others use, and that runs in the background too.</summary>
    public static IServiceCollection AddHostedSingleton<T>(this IServiceCollection services)
        where T : class, IHostedService => services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
