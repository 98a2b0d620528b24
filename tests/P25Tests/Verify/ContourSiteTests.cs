using System.Net;
using System.Net.Sockets;
using System.Text;
using P25;
using P25.Verify;

namespace PcBench.P25Tests.Verify;

public class ContourSiteTests
{
    [Fact]
    public async Task The_key_of_a_contour_goes_nowhere_else()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var contour = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        contour.Start();
        other.Start();
        var asked = AnswerAsync(contour, $"302 Found\r\nLocation: http://{other.LocalEndpoint}/");
        var taken = AnswerAsync(other, "200 OK");
        var context = P25Context.OfProcess() with { Variable = name => name == "P25_ADDRESS_STAGE" ? $"http://{contour.LocalEndpoint}" : null };
        using var site = new ContourSite(context, Charts.Chart.Contours["stage"], "a-key-of-stage");

        using var answer = await site.SendAsync(HttpMethod.Get, "/", cancel);

        (await asked).ShouldContain("PcBench-Cohort: a-key-of-stage");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        taken.IsCompleted.ShouldBeFalse();
    }

    private static async Task<string> AnswerAsync(TcpListener server, string status)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = await server.AcceptTcpClientAsync(cancel);
        using var reader = new StreamReader(client.GetStream());
        var headers = new List<string>();
        while (await reader.ReadLineAsync(cancel) is { Length: > 0 } line)
            headers.Add(line);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancel);
        return string.Join('\n', headers);
    }
}
