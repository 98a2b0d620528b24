using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PcBench.Platform.Data;
using PcBench.Platform.Events.Admin;
using PcBench.Platform.Events.Embedded;
using PcBench.Platform.Events.Streams;
using PcBench.Platform.Leases;
using PcBench.Platform.Redis;

namespace PcBench.Platform.Events;

/// <summary>Puts the hub of events into a host.</summary>
public static class EventHub
{
    /// <summary>
    /// Carries events from the <see cref="Outbox"/> to every registered <see cref="IEventConsumer"/>: within the process on the
    /// embedded store, by Redis between the replicas on PostgreSQL. The host registers <see cref="Database"/> and both options,
    /// and starts <see cref="RedisServer"/> before. An <see cref="IPace"/> of its own may be registered before or after.
    /// </summary>
    public static IServiceCollection AddEventHub(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RedisServer>();
        services.TryAddSingleton<Leadership>();
        services.TryAddSingleton<IPace, NoPace>();
        services.TryAddSingleton(_ => Replica.OfProcess());
        services.TryAddSingleton(_ => new StreamLimits());
        services.AddSingleton<IValidateOptions<RedisOptions>, HubOptionsCheck>();
        services.AddSingleton<EventSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<Handling>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<Relay>();
        services.AddSingleton<IHostedService>(provider => IsEmbedded(provider)
            ? ActivatorUtilities.CreateInstance<EmbeddedHub>(provider)
            : ActivatorUtilities.CreateInstance<StreamHub>(provider));
        services.AddSingleton<EventAdmin>(provider => IsEmbedded(provider)
            ? ActivatorUtilities.CreateInstance<EmbeddedAdmin>(provider)
            : ActivatorUtilities.CreateInstance<StreamAdmin>(provider));
        return services;
    }

    private static bool IsEmbedded(IServiceProvider provider) => provider.GetRequiredService<IOptions<DataOptions>>().Value.IsEmbedded;
}

/// <summary>
/// Refuses to start several replicas without anything between them: events would wait in the outbox for ever. A Redis that
/// is named and does not answer is another matter, and passes.
/// </summary>
internal sealed class HubOptionsCheck(IOptions<DataOptions> data) : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options) =>
        data.Value.IsEmbedded || options.IsConfigured
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Redis:Configuration is missing: with Data:Postgres, events go from replica to replica by Redis. Give host:6379,password=… in appsettings.json or as environment variable Redis__Configuration, or leave Data:Postgres out for the embedded store.");
}
