using System.Collections.Concurrent;
using System.Net;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Faults;

/// <summary>
/// Clients that submit one result after the other. Whoever gets no answer, or hears that the service is busy or its store away,
/// sends the same document to the next replica, until one acknowledges it.
/// </summary>
internal sealed class SteadyLoad(IReadOnlyList<Uri> replicas) : IDisposable
{
    private const int Clients = 8;

    // Slow enough that the machine is not what is tested: 32 attempts in a second, all clients together.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConcurrentDictionary<string, byte[]> acknowledged = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> answers = new();
    private Task running = Task.CompletedTask;
    private volatile bool stops;

    /// <summary>Every document that was acknowledged, by its id.</summary>
    public IReadOnlyDictionary<string, byte[]> Acknowledged => acknowledged;

    /// <summary>How often each status was the answer.</summary>
    public string Answers => string.Join(", ", answers.Select(answer => $"{(int)answer.Key}: {answer.Value}"));

    public void Start()
    {
        stops = false;
        running = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => SubmitAsync(client, () => stops))));
    }

    /// <summary>Waits until so many more are acknowledged.</summary>
    public Task MoreAsync(int count)
    {
        var enough = acknowledged.Count + count;
        return Client.UntilAsync(() => running.IsFaulted ? throw running.Exception! : Task.FromResult(acknowledged.Count >= enough));
    }

    /// <summary>Ends when each client has its last document acknowledged.</summary>
    public Task StopAsync()
    {
        stops = true;
        return running;
    }

    /// <summary>Each client submits one.</summary>
    public Task OnceAsync() => Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SubmitAsync(client, () => true)));

    public void Dispose() => http.Dispose();

    private async Task SubmitAsync(int replica, Func<bool> isLast)
    {
        using var pace = new PeriodicTimer(Between);
        do
        {
            var document = new ResultBuilder().Signed();
            while (!await IsAcknowledgedAsync(replica % replicas.Count, document))
            {
                replica++;
                await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
        while (!isLast() && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken));
    }

    private async Task<bool> IsAcknowledgedAsync(int replica, byte[] document)
    {
        try
        {
            using var content = new ByteArrayContent(document) { Headers = { ContentType = new("application/json") } };
            using var response = await http.PostAsync(new Uri(replicas[replica], "/api/v1/results?visibility=public"), content, TestContext.Current.CancellationToken);
            answers.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                response.Headers.RetryAfter.ShouldNotBeNull();
                return false;
            }

            response.StatusCode.ShouldBeOneOf([HttpStatusCode.Created, HttpStatusCode.OK], await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            acknowledged.TryAdd((await response.ReadAsync(ApiJson.Default.Submission)).Id, document).ShouldBeTrue();
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false; // the replica is gone, or hangs
        }
    }
}
