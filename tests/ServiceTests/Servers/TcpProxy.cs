using System.Net;
using System.Net.Sockets;

namespace PcBench.ServiceTests.Servers;

/// <summary>Stands before a server and makes it be away, without touching it.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly Lock guard = new();
    private readonly HashSet<Socket> sockets = [];
    private TcpListener? listener;
    private TaskCompletionSource flowing = Opened();

    private TcpProxy(string host, int port) => (this.host, this.port) = (host, port);

    /// <summary>Where it listens, on 127.0.0.1; the same for all its life.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Starts one before a server.</summary>
    public static TcpProxy To(string host, int port)
    {
        var proxy = new TcpProxy(host, port);
        proxy.Restore();
        return proxy;
    }

    /// <summary>The server is gone: all connections break and new ones are refused.</summary>
    public void Cut()
    {
        lock (guard)
        {
            listener?.Dispose();
            listener = null;
            foreach (var socket in sockets)
                socket.Dispose();
            sockets.Clear();
        }
    }

    /// <summary>The server hangs: connections stay and new ones are taken, but nothing comes through.</summary>
    public void Hang()
    {
        lock (guard)
        {
            if (flowing.Task.IsCompleted)
                flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The server is back. After <see cref="Hang"/> it gets what was sent meanwhile.</summary>
    public void Restore()
    {
        lock (guard)
        {
            flowing.TrySetResult();
            if (listener is not null)
                return;
            listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            _ = AcceptAsync(listener);
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        lock (guard)
            flowing.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener source)
    {
        try
        {
            while (true)
                _ = ServeAsync(await source.AcceptSocketAsync(), source);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ServeAsync(Socket client, TcpListener source)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!Keep(client, source))
                return;
            await FlowingAsync();
            if (!Keep(server, source))
                return;
            await server.ConnectAsync(host, port);
            server.NoDelay = client.NoDelay = true;
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other one goes.
        }
        finally
        {
            Drop(client);
            Drop(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await FlowingAsync();
                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other direction waits for bytes that nobody takes.
            Drop(from);
            Drop(to);
        }
    }

    private Task FlowingAsync()
    {
        lock (guard)
            return flowing.Task;
    }

    // A connection that was taken just before the cut belongs to a listener that is no more.
    private bool Keep(Socket socket, TcpListener source)
    {
        lock (guard)
            return listener == source && sockets.Add(socket);
    }

    private void Drop(Socket socket)
    {
        lock (guard)
            sockets.Remove(socket);
        socket.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
