using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PcBench.Platform.Health;

/// <summary>
/// Work that the first visitors after a start would otherwise wait for. The startup gate waits for it, but not for long: who starts
/// services kills one that does not come up, and would begin the same work again for ever. Then it goes on behind the open gate.
/// </summary>
/// <param name="gate">The gate.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what went wrong.</param>
public abstract partial class WarmUp(StartupGate gate, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>How long the gate waits.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    private readonly IDisposable hold = gate.Hold();

    /// <inheritdoc/>
    public override void Dispose()
    {
        hold.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does the work.</summary>
    protected abstract Task WarmAsync(CancellationToken cancel);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var work = TryAsync(stoppingToken);
        using (hold)
            await Task.WhenAny(work, Task.Delay(AtMost, time, stoppingToken));
        await work;
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await WarmAsync(cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Log.Failed(logger, error, GetType().Name); // it is done when it is asked for
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} could not be done before it is asked for")]
        public static partial void Failed(ILogger logger, Exception error, string work);
    }
}
