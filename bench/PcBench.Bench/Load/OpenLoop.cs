using System.Diagnostics;

namespace PcBench.Bench.Load;

/// <summary>
/// Requests are due at a fixed rate, whatever the server does. Their time counts from then: a server that stalls is charged
/// for everybody who would have come meanwhile, also where no connection was free to send.
/// </summary>
internal sealed class OpenLoop : IPace, IDisposable
{
    private readonly IRequestSource source;
    private readonly Window window;
    private readonly double interval;
    private readonly Lock gate = new();
    private readonly Outstanding outstanding = new();
    private readonly Queue<long> waiting = new();
    private readonly Stack<Connection> resting = new();
    private readonly ManualResetEvent stop = new(false);
    private Thread? clock;

    public OpenLoop(IRequestSource source, Window window, double rate) =>
        (this.source, this.window, interval) = (source, window, Stopwatch.Frequency / rate);

    /// <summary>How late the clock itself was: part of every latency here, and no fault of the server.</summary>
    public Histogram Lateness { get; } = new();

    public void Start(IReadOnlyList<Connection> connections)
    {
        foreach (var connection in connections)
            resting.Push(connection);
        clock = new Thread(Tick) { IsBackground = true, Name = "clock of the load" };
        clock.Start();
    }

    public bool TryNext(Connection connection, long now, out Request request, out long due)
    {
        lock (gate)
        {
            if (!waiting.TryPeek(out due) || !source.TryNext(out request))
            {
                request = default;
                resting.Push(connection);
                GiveUp(now);
                return false;
            }

            waiting.Dequeue();
            return true;
        }
    }

    public bool Finished(long due, long now)
    {
        outstanding.Remove();
        return window.Holds(due);
    }

    public Task<int> StopAsync()
    {
        StopClock();
        return outstanding.NoneAsync();
    }

    public void Dispose() => stop.Dispose();

    /// <summary>Nothing more is sent from here on. Once or more often, and before the connections go.</summary>
    public void StopClock()
    {
        stop.Set();
        clock?.Join();
    }

    private void Tick()
    {
        var first = Stopwatch.GetTimestamp();
        var sent = 0L;
        while (!stop.WaitOne(MillisecondsUntil(first + (long)(sent * interval))))
        {
            var now = Stopwatch.GetTimestamp();
            for (; first + (long)(sent * interval) is var due && due <= now && due <= window.To; sent++)
            {
                Lateness.Add(now - due);
                Send(due);
            }
        }
    }

    private static int MillisecondsUntil(long due) => (int)Math.Clamp((due - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency, 1, 100);

    // What is still due has nothing to be sent for it: the source is empty.
    private void GiveUp(long now)
    {
        while (waiting.TryDequeue(out _))
        {
            window.EndAt(now);
            outstanding.Remove();
        }
    }

    private void Send(long due)
    {
        outstanding.Add(1);
        Connection? connection;
        lock (gate)
        {
            waiting.Enqueue(due);
            resting.TryPop(out connection);
        }

        connection?.Resume();
    }
}
