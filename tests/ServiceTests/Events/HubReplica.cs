using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using PcBench.Platform.Events.Admin;
using PcBench.Platform.Events.Streams;
using PcBench.Platform.Redis;

namespace PcBench.ServiceTests.Events;

/// <summary>One replica's hub.</summary>
internal sealed class HubReplica : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private HubReplica(ServiceProvider services) => this.services = services;

    public IServiceProvider Services => services;

    public EventAdmin Admin => services.GetRequiredService<EventAdmin>();

    public static Task<HubReplica> StartAsync(HubStore store, params IEventConsumer[] consumers) => StartAsync(store, "replica-1", consumers);

    public static async Task<HubReplica> StartAsync(HubStore store, string name, IEventConsumer[] consumers, StreamLimits? limits = null)
    {
        var replica = new HubReplica(ServicesFor(store, name, consumers, limits));
        await replica.services.GetRequiredService<RedisServer>().StartAsync(Cancel);
        foreach (var service in replica.services.GetServices<IHostedService>())
            await service.StartAsync(Cancel);
        return replica;
    }

    /// <summary>Everything of a replica, not started.</summary>
    public static ServiceProvider ServicesFor(HubStore store, string name, IEventConsumer[] consumers, StreamLimits? limits = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.Configure<DataOptions>(options => options.Postgres = store.Postgres);
        services.Configure<RedisOptions>(options => (options.Configuration, options.Prefix) = (store.Redis, store.Prefix));
        services.AddSingleton(_ => new Database(PostgresSource.Create(store.Postgres), Dialect.Postgres)); // each has its own connections
        services.AddSingleton(new Replica(name));
        services.AddSingleton(limits ?? new StreamLimits());
        foreach (var consumer in consumers)
            services.AddSingleton(consumer);
        services.AddEventHub();
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
