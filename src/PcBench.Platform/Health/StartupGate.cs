using Microsoft.Extensions.Hosting;

namespace PcBench.Platform.Health;

/// <summary>
/// Whether the service has come up: the host has started, and nobody holds the gate for work that still goes on in the background.
/// Once open it stays open.
/// </summary>
public sealed class StartupGate(IHostApplicationLifetime lifetime)
{
    private int holds;
    private volatile bool wasOpen;

    /// <summary>Whether it has.</summary>
    public bool IsOpen => wasOpen || (wasOpen = lifetime.ApplicationStarted.IsCancellationRequested && Volatile.Read(ref holds) == 0);

    /// <summary>Keeps it shut until the hold is let go of. Take it in a constructor or in StartAsync: later it may be open already.</summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref holds);
        return new Held(this);
    }

    private sealed class Held(StartupGate gate) : IDisposable
    {
        private int isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isReleased, 1) == 0)
                Interlocked.Decrement(ref gate.holds);
        }
    }
}
