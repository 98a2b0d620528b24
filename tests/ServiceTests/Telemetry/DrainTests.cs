using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>SIGTERM, as an orchestrator sends it.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Told_to_stop_it_is_unready_at_once_serves_on_and_ends_when_all_have_their_answers()
    {
        using var service = await MlProcess.StartAsync(("Drain__Seconds", $"{Drain.TotalSeconds}"));
        using var slow = await SlowRequest.BeginAsync(service.Address);
        (await service.Http.StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.OK);

        await service.TerminateAsync();
        var clock = Stopwatch.StartNew();
        await Client.UntilAsync(async () => await service.Http.StatusAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));

        var served = 0;
        while (clock.Elapsed < Drain - TimeSpan.FromSeconds(0.5))
        {
            using var answer = await service.Http.SendAsync(HttpMethod.Get, "/health/live"); // on a connection of its own
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.ConnectionClose.ShouldBe(true);
            served++;
        }

        served.ShouldBeGreaterThan(10);
        await Client.UntilAsync(async () => !await IsServingAsync(service));
        clock.Elapsed.ShouldBeGreaterThan(Drain - TimeSpan.FromSeconds(0.2));

        (await slow.EndAsync()).ShouldStartWith("HTTP/1.1 400"); // it says that the request holds no result
        (await service.ExitCodeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_drain_it_ends_at_once()
    {
        using var service = await MlProcess.StartAsync();

        var clock = Stopwatch.StartNew();
        await service.TerminateAsync();

        (await service.ExitCodeAsync()).ShouldBe(0);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    private static async Task<bool> IsServingAsync(MlProcess service)
    {
        try
        {
            await service.Http.StatusAsync("/health/live");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A request whose body comes in two halves. By hand: a client library would wait for the whole.</summary>
    private sealed class SlowRequest : IDisposable
    {
        private readonly TcpClient client = new();

        private static CancellationToken Cancel => TestContext.Current.CancellationToken;

        public static async Task<SlowRequest> BeginAsync(Uri address)
        {
            var request = new SlowRequest();
            await request.client.ConnectAsync(address.Host, address.Port, Cancel);
            await request.client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/assess HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{"), Cancel);
            return request;
        }

        public async Task<string> EndAsync()
        {
            await client.GetStream().WriteAsync("}"u8.ToArray(), Cancel);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync(Cancel);
        }

        public void Dispose() => client.Dispose();
    }
}
