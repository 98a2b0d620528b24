using System.Text;

namespace PcBench.Bench.Load;

/// <summary>Writes requests of HTTP/1.1 with no more in them than a server needs.</summary>
internal static class RequestText
{
    public static byte[] Get(string host, string path) => Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");

    public static byte[] Post(string host, string path, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(
            $"POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }
}
