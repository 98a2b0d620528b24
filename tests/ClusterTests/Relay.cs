using System.Net;
using System.Net.Sockets;

namespace PcBench.ClusterTests;

/// <summary>Lets pods reach a store that listens on this machine's loopback address alone.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener listener;
    private readonly Uri target;

    public Relay(string address, Uri target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }

    private async Task CarryAsync(TcpClient pod)
    {
        using (pod)
        {
            try
            {
                using var store = new TcpClient();
                await store.ConnectAsync(target.Host, target.Port);
                await Task.WhenAny(pod.GetStream().CopyToAsync(store.GetStream()), store.GetStream().CopyToAsync(pod.GetStream()));
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // Either side left; the other one sees that.
            }
        }
    }
}
