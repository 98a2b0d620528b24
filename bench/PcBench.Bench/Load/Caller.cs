using System.Diagnostics;
using System.Net.Sockets;

namespace PcBench.Bench.Load;

/// <summary>Sends one request after the other over one connection and waits for each: for times of single requests.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];

    public Caller(Uri server) => socket.Connect(server.Host, server.Port);

    /// <returns>Milliseconds until the last byte of the answer.</returns>
    public double Time(ReadOnlySpan<byte> request)
    {
        var start = Stopwatch.GetTimestamp();
        socket.Send(request);
        var response = default(ResponseParser);
        for (var filled = 0; !response.IsDone;)
        {
            var received = socket.Receive(buffer.AsSpan(filled));
            filled += received;
            var consumed = response.Read(buffer.AsSpan(0, filled));
            if (received == 0 || response.IsMalformed)
                throw new InvalidOperationException("The server did not answer in HTTP.");
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
        }

        return response.Status is 200 or 201
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"The server answered {response.Status} where it should have answered 200 or 201.");
    }

    public void Dispose() => socket.Dispose();
}
