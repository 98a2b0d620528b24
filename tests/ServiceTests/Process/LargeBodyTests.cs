using System.Net.Sockets;
using System.Text;
using PcBench.Contracts;
using PcBench.Contracts.Results;

namespace PcBench.ServiceTests.Process;

/// <summary>Bodies that the real server must not read to their end. They are sent by hand: a client library would buffer.</summary>
public sealed class LargeBodyTests : IAsyncLifetime
{
    private const int Piece = 64 * 1024;

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-large-").FullName;
    private BackendProcess backend = null!;

    public async ValueTask InitializeAsync() => backend = await BackendProcess.StartAsync(folder);

    public async ValueTask DisposeAsync()
    {
        await backend.KillAsync();
        backend.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_hundred_megabytes_that_are_announced_are_refused_before_any_is_sent()
    {
        var answer = await PostAsync($"Content-Length: {100 << 20}", pieces: 0, []);
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain($"{ResultDocument.MaxBytes} bytes");
    }

    [Fact]
    public async Task A_body_without_length_is_refused_as_soon_as_it_is_too_large()
    {
        var size = Encoding.ASCII.GetBytes($"{Piece:x}\r\n");
        var piece = Encoding.ASCII.GetBytes(new string(' ', Piece));
        var answer = await PostAsync("Transfer-Encoding: chunked", ResultDocument.MaxBytes / Piece + 1, [.. size, .. piece, .. "\r\n"u8]);
        answer.ShouldStartWith("HTTP/1.1 413");

        using var http = new HttpClient { BaseAddress = backend.Address };
        (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_server_itself_refuses_is_answered_like_everything_else()
    {
        var answer = await PostAsync($"Content-Length: {100 << 20}", pieces: 0, [], "predict");
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("X-Content-Type-Options: nosniff");
        answer.ShouldContain("Content-Security-Policy: default-src 'none'");
    }

    private async Task<string> PostAsync(string lengthHeader, int pieces, byte[] piece, string path = "results?visibility=public")
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(backend.Address.Host, backend.Address.Port, cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{lengthHeader}\r\n\r\n"), cancel);
        for (var i = 0; i < pieces; i++)
            await stream.WriteAsync(piece, cancel);

        // The answer comes though the body has not ended.
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains('}', StringComparison.Ordinal) && await stream.ReadAsync(buffer, cancel) is > 0 and var read)
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return answer.ToString();
    }
}
