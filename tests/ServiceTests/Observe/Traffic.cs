using System.Security.Cryptography;
using System.Text;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Observe;

/// <summary>Users of a contour: four, and each does something every second, whatever the answer is.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Users = 4;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // Each user's turn; what is refused has its figures too.
    private readonly Func<HttpClient, Task>[] turns;
    private readonly CancellationTokenSource stop = new();
    private readonly ECDsa sameKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Task running;
    private volatile bool isRude;

    public Traffic(WatchedContour contour)
    {
        turns =
        [
            http => PostAsync(http, "api/v1/results?visibility=public", new ResultBuilder().Signed()),
            http => GetAsync(http, "api/v1/leaderboard"),
            http => GetAsync(http, $"api/v1/leaderboard?limit={RandomNumberGenerator.GetInt32(1, 100)}"),
            http => GetAsync(http, "api/v1/cpus/amd-ryzen-9-7950x-16-core-processor"),
            http => !isRude ? Task.CompletedTask : PostAsync(http, "api/v1/results?visibility=public", new ResultBuilder { Key = sameKey }.Signed()), // over the limit, in the end
            http => !isRude ? Task.CompletedTask : PostAsync(http, "api/v1/results?visibility=public", new ResultBuilder { Speed = 3 }.Signed()), // flagged
            http => !isRude ? Task.CompletedTask : PostAsync(http, "api/v1/results?visibility=public", "{}"u8.ToArray()),
            http => !isRude ? Task.CompletedTask : PostAsync(http, "api/v1/predict", Encoding.UTF8.GetBytes("""{"hardware":{"cpuModel":"Chip 1","threads":16}}""")),
            http => GetAsync(http, contour.Page.ToString()),
        ];
        running = Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(() => UseAsync(contour, user))));
    }

    /// <summary>Whether they do more than submit and look: what is refused, flagged or predicted.</summary>
    public bool IsRude { set => isRude = value; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        sameKey.Dispose();
    }

    private async Task UseAsync(WatchedContour contour, int user)
    {
        using var http = new HttpClient { BaseAddress = contour.Address };
        using var pace = new PeriodicTimer(Pace);
        try
        {
            for (var turn = user; await pace.WaitForNextTickAsync(stop.Token); turn++)
            {
                await TryAsync(http, turns[0]); // submissions are what most alerts are about
                await TryAsync(http, turns[turn % turns.Length]);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task TryAsync(HttpClient http, Func<HttpClient, Task> turn)
    {
        try
        {
            await turn(http);
        }
        catch (HttpRequestException)
        {
            // It is away, which is what the test is about.
        }
    }

    private async Task GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, stop.Token);
    }

    private async Task PostAsync(HttpClient http, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await http.PostAsync(path, content, stop.Token);
    }
}
