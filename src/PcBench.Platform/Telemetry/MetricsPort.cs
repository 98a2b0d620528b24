using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Platform.Health;

namespace PcBench.Platform.Telemetry;

/// <summary>A port for those who watch the service, which serves nothing to its users.</summary>
internal static class MetricsPort
{
    public static void ListenForMetrics(this WebApplicationBuilder builder, int? port)
    {
        if (port is null)
            return;
        var (urls, ports) = (builder.Configuration[WebHostDefaults.ServerUrlsKey], builder.Configuration[WebHostDefaults.HttpPortsKey]);
        if (string.IsNullOrEmpty(urls) && !string.IsNullOrEmpty(ports))
            builder.WebHost.UseSetting(WebHostDefaults.HttpPortsKey, $"{ports};{port}");
        else
            builder.WebHost.UseUrls(string.IsNullOrEmpty(urls) ? "http://localhost:5000" : urls, $"http://*:{port}");
        builder.Services.AddSingleton<IStartupFilter>(new NothingElse(port.Value));
    }

    private sealed class NothingElse(int port) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Connection.LocalPort != port || IsServed(context.Request.Path))
                    return following(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
            next(app);
        };

        private static bool IsServed(PathString path) => path.StartsWithSegments(HealthBuilder.Path) || path == "/metrics";
    }
}
