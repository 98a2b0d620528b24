using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PcBench.ServiceTests.Faults;

/// <summary>Clients that take what a server has and give nothing: connections, and bodies without an end.</summary>
internal sealed class RudeClients(Uri server) : IAsyncDisposable
{
    private const int AtOnce = 100;
    private const int PerAddress = 5_000; // far fewer than the ports that one address has

    private readonly List<Socket> sockets = [];
    private Socket[] idle = [];
    private readonly CancellationTokenSource ends = new();

    /// <summary>Opens connections that say nothing.</summary>
    public async Task IdleAsync(int count)
    {
        for (var opened = 0; opened < count; opened += AtOnce)
            idle = [.. idle, .. await Task.WhenAll(Enumerable.Range(opened, Math.Min(AtOnce, count - opened)).Select(ConnectAsync))];
    }

    /// <summary>How many of those the server has neither closed nor said anything to.</summary>
    public int StillOpen => idle.Count(socket => !socket.Poll(0, SelectMode.SelectRead));

    /// <summary>Begins to send a document, a byte in a second.</summary>
    /// <returns>Ends with the server's answer, or with what was sent when it hung up: empty.</returns>
    public async Task<Task<string>> SlowAsync(byte[] document)
    {
        var socket = await ConnectAsync(0);
        await socket.SendAsync(Head(document));
        var sending = SendSlowlyAsync(socket, document);
        return AnswerAsync(socket, sending);
    }

    /// <summary>Sends half of a document, and no more.</summary>
    public async Task<Task<string>> HalfAsync(byte[] document)
    {
        var socket = await ConnectAsync(0);
        await socket.SendAsync(Head(document));
        await socket.SendAsync(document.AsMemory(0, document.Length / 2));
        return AnswerAsync(socket, Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await ends.CancelAsync();
        foreach (var socket in sockets)
            socket.Dispose();
        ends.Dispose();
    }

    private async Task<Socket> ConnectAsync(int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (sockets)
            sockets.Add(socket);
        if (OperatingSystem.IsLinux()) // elsewhere 127.0.0.1 is the only one
            socket.Bind(new IPEndPoint(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.0.{2 + number / PerAddress}")), 0));
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task SendSlowlyAsync(Socket socket, byte[] document)
    {
        try
        {
            using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var i = 0; i < document.Length && await pace.WaitForNextTickAsync(ends.Token); i++)
                await socket.SendAsync(document.AsMemory(i, 1), ends.Token);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server had enough of it, or the test.
        }
    }

    private static async Task<string> AnswerAsync(Socket socket, Task sending)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // It hung up while something was on its way to it.
        }

        socket.Dispose();
        await sending;
        return answer.ToString();
    }

    private static byte[] Head(byte[] document) => Encoding.ASCII.GetBytes(
        $"POST /api/v1/results?visibility=public HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {document.Length}\r\n\r\n");
}
