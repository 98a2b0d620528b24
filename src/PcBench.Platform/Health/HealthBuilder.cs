using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.Platform.Hosting;
using PcBench.Platform.Redis;

namespace PcBench.Platform.Health;

/// <summary>Whether the service is up, may be sent requests, and how it leaves.</summary>
public static class HealthBuilder
{
    internal const string Path = "/health";

    /// <summary>Registers health and drain, without any part.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCheckedOptions<DrainOptions, DrainOptionsCheck>(DrainOptions.Section);
        services.AddHostedSingleton<Drain>();
        services.AddSingleton<IStartupFilter, Drain.CloseConnections>();
        services.AddSingleton<StartupGate>();
        services.AddSingleton<PartReports>();

        // Needed before options are checked, and so read without judging.
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) => host.ShutdownTimeout =
            TimeSpan.FromSeconds(int.TryParse(configuration[$"{DrainOptions.Section}:{nameof(DrainOptions.Seconds)}"], out var seconds) ? Math.Clamp(seconds, 0, DrainOptions.MaxSeconds) : 0) + Drain.Ending);
        return services;
    }

    /// <summary>Registers a part; see <see cref="Part"/>.</summary>
    public static IServiceCollection AddPart(
        this IServiceCollection services, string name, HealthStatus whenAway, string meaning, Func<IServiceProvider, CancellationToken, ValueTask<bool>> isUp) =>
        services.AddSingleton(provider => new Part(name, whenAway, meaning, cancel => isUp(provider, cancel)));

    /// <summary>The relational store, without which there is no service.</summary>
    public static IServiceCollection AddStorePart(this IServiceCollection services) =>
        services.AddPart("store", HealthStatus.Unhealthy, "Results can be neither read nor stored.", async (provider, cancel) =>
            await provider.GetRequiredService<Database>().Sql("select max(number) from migration").NumberAsync(cancel) is > 0);

    /// <summary>Redis, where one is named.</summary>
    public static IServiceCollection AddRedisPart(this IServiceCollection services) =>
        services.AddPart("redis", HealthStatus.Degraded, "Ranks and pages are computed by each replica, and limits hold for each replica by itself.", (provider, _) =>
            ValueTask.FromResult(provider.GetRequiredService<RedisServer>() is { IsConfigured: false } or { IsUp: true }));

    /// <summary>The store of the documents, where it is one that may be away.</summary>
    public static IServiceCollection AddBlobPart(this IServiceCollection services) =>
        services.AddPart("blobs", HealthStatus.Degraded, "Documents of new results wait in the database until the object store is back.", async (provider, cancel) =>
            provider.GetRequiredService<IBlobStore>() is not IAvailability store || await store.IsUpAsync(cancel));

    /// <summary>Maps <c>/health/startup</c>, <c>/health/ready</c> and <c>/health/live</c>: 503 for unhealthy, else 200.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup(Path).DisableHttpMetrics().ExcludeFromDescription();
        health.MapGet("/startup", (HttpContext context, StartupGate gate) => Answer(context,
            gate.IsOpen ? [] : [PartOf("startup", HealthStatus.Unhealthy, "It is still coming up.")]));
        health.MapGet("/ready", async (HttpContext context, PartReports parts, Drain drain) =>
        {
            if (drain.IsDraining)
                return Answer(context, [PartOf("drain", HealthStatus.Unhealthy, "It was told to stop. Requests are still answered, new ones belong elsewhere.")]);
            var reports = await parts.LookAsync();
            return Answer(context, [.. reports.Select(report => PartOf(report.Part.Name, report.Status, report.Part.Meaning))]);
        });
        health.MapGet("/live", (HttpContext context) => Answer(context, [])); // never of others: a restart would not bring them back
    }

    private static PartView PartOf(string name, HealthStatus status, string detail) =>
        new(name, NameOf(status), status == HealthStatus.Healthy ? null : detail);

    private static JsonHttpResult<HealthView> Answer(HttpContext context, IReadOnlyList<PartView> parts)
    {
        string[] bySeverity = [NameOf(HealthStatus.Unhealthy), NameOf(HealthStatus.Degraded), NameOf(HealthStatus.Healthy)];
        var status = bySeverity.First(known => known == bySeverity[^1] || parts.Any(part => part.Status == known));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new HealthView(status, parts), HealthJson.Default.HealthView,
            statusCode: status == bySeverity[0] ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
