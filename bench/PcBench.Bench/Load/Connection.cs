using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PcBench.Bench.Load;

/// <summary>
/// One kept connection with at most one request on it. It sends and receives by one reused operation, and what becomes of
/// it runs on the thread that learns of it: no task, no allocation and no hand-over for a request.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(30);

    private readonly Uri server;
    private readonly IPace pace;
    private readonly Window window;
    private readonly SocketAsyncEventArgs operation = new();
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket socket = null!;
    private ResponseParser response;
    private Request request;
    private long due, restsSince;
    private int sent, filled;
    private bool sending, rests;
    private volatile bool disposed;

    public Connection(Uri server, IPace pace, Window window, Tally tally)
    {
        (this.server, this.pace, this.window, Tally) = (server, pace, window, tally);
        operation.Completed += (_, _) => Run(Advance());
    }

    public Tally Tally { get; }

    public async Task ConnectAsync(CancellationToken cancel)
    {
        // A document leaves in one call.
        socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 128 * 1024 };
        await socket.ConnectAsync(server.Host, server.Port, cancel);
    }

    /// <summary>Sends what the pace has for it. Only while it rests.</summary>
    public void Resume()
    {
        // A server closes what is idle for minutes, and nothing arrives on a connection that rests but that.
        if (rests && Stopwatch.GetElapsedTime(restsSince) > LongRest && socket.Poll(0, SelectMode.SelectRead))
            Reconnected();
        else
            Run(Next(Stopwatch.GetTimestamp()));
    }

    public void Dispose()
    {
        disposed = true;
        socket.Dispose();
        operation.Dispose();
    }

    private void Run(bool goOn)
    {
        try
        {
            while (goOn && !(sending ? socket.SendAsync(operation) : socket.ReceiveAsync(operation)))
                goOn = Advance();
        }
        catch (ObjectDisposedException) when (disposed)
        {
            // The load is over; what was out is counted as unanswered.
        }
    }

    private bool Next(long now)
    {
        (rests, restsSince) = (true, now);
        if (!pace.TryNext(this, now, out request, out due))
            return false;
        rests = false;
        (sending, sent) = (true, 0);
        operation.SetBuffer(MemoryMarshal.AsMemory(request.Bytes));
        return true;
    }

    /// <returns>Whether another operation is to begin.</returns>
    private bool Advance()
    {
        if (operation.SocketError != SocketError.Success)
            return Failed(operation.SocketError.ToString());
        return sending ? AdvanceSending() : AdvanceReceiving();
    }

    private bool AdvanceSending()
    {
        sent += operation.BytesTransferred;
        if (sent < request.Bytes.Length)
        {
            operation.SetBuffer(MemoryMarshal.AsMemory(request.Bytes[sent..]));
            return true;
        }

        (sending, filled, response) = (false, 0, default);
        operation.SetBuffer(buffer);
        return true;
    }

    private bool AdvanceReceiving()
    {
        if (operation.BytesTransferred == 0)
            return Failed("closed without an answer");
        filled += operation.BytesTransferred;
        var consumed = response.Read(buffer.AsSpan(0, filled));
        if (response.IsMalformed || (response.IsDone ? consumed < filled : filled - consumed == buffer.Length))
            return Failed("not HTTP");
        if (response.IsDone)
            return Answered();
        buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
        filled -= consumed;
        operation.SetBuffer(buffer.AsMemory(filled));
        return true;
    }

    private bool Answered()
    {
        var now = Stopwatch.GetTimestamp();
        if (pace.Finished(due, now))
            Tally.Add(request.Kind, response, now - due, now - window.From);
        return response.Closes ? Reconnected() : Next(now);
    }

    private bool Failed(string reason)
    {
        if (disposed)
            return false;
        Tally.Fail(request.Kind, reason);
        pace.Finished(due, Stopwatch.GetTimestamp());
        return Reconnected();
    }

    private bool Reconnected()
    {
        socket.Dispose();
        _ = ReconnectAsync();
        return false;
    }

    private async Task ReconnectAsync()
    {
        while (!disposed)
        {
            try
            {
                await ConnectAsync(CancellationToken.None);
                Resume();
                return;
            }
            catch (SocketException error)
            {
                Tally.Fail(request.Kind, $"no connection: {error.SocketErrorCode}");
                await Task.Delay(BeforeRetry);
            }
        }
    }
}
