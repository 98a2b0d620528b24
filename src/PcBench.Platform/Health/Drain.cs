using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PcBench.Platform.Health;

/// <summary>
/// Leaving without anybody noticing. Told to stop, the service says at once that it is not ready, goes on serving for a while,
/// and only then takes no more connections; requests that have begun are answered, and what runs in the background ends last.
/// </summary>
public sealed partial class Drain(IOptions<DrainOptions> options, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService
{
    /// <summary>What requests that have begun, and then the background, get to end, after the drain.</summary>
    internal static readonly TimeSpan Ending = TimeSpan.FromSeconds(25);

    private volatile bool isDraining;

    /// <summary>Whether it was told to stop.</summary>
    public bool IsDraining => isDraining;

    /// <summary>Called before anything is stopped; the server and the background wait for it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isDraining = true;
        if (options.Value.Seconds == 0)
            return;
        Log.Draining(logger, options.Value.Seconds);
        await Task.Delay(TimeSpan.FromSeconds(options.Value.Seconds), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Has those who keep a connection look for another one: they would not notice otherwise until it breaks.</summary>
    internal sealed class CloseConnections(Drain drain) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                // Later versions of HTTP have no such header; the server tells them itself when it stops.
                if (drain.IsDraining && (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol)))
                {
                    context.Response.OnStarting(() =>
                    {
                        context.Response.Headers.Connection = "close";
                        return Task.CompletedTask;
                    });
                }

                return following(context);
            });
            next(app);
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Told to stop: not ready any more, and serving for another {Seconds} s")]
        public static partial void Draining(ILogger logger, int seconds);
    }
}
