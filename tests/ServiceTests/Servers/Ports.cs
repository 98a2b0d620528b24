using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PcBench.ServiceTests.Servers;

/// <summary>Ports for servers that stop and start again on the same one.</summary>
internal static class Ports
{
    // Below what systems give to outgoing connections: nobody takes it while its server is stopped.
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port of 127.0.0.1 on which nothing listens, given once.</summary>
    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(First, End);
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
