using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace PcBench.ServiceTests.Replicas;

/// <summary>Readers that ask for the same addresses again and again, and keep when each read began and what it showed.</summary>
internal sealed class Hammer : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<(string Address, long Began, bool Shows)> reads = new();
    private readonly Task reading;

    /// <param name="http">Whom to ask.</param>
    /// <param name="places">Addresses, and the text that shows in their answers.</param>
    /// <param name="readers">How many ask at once.</param>
    public Hammer(HttpClient http, IReadOnlyDictionary<string, string> places, int readers) =>
        reading = Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Run(() => ReadAsync(http, places))));

    /// <summary>The time by the clock of the reads.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Whether each of these addresses has shown it.</summary>
    public bool HasShown(IEnumerable<string> addresses) => addresses.All(address => reads.Any(read => read.Address == address && read.Shows)) || Failed();

    /// <summary>Whether each of these addresses was read after a time, twice at least.</summary>
    public bool HasReadSince(long time, IEnumerable<string> addresses) => addresses.All(address => reads.Count(read => read.Address == address && read.Began > time) >= 2) || Failed();

    /// <summary>Addresses that showed it in reads that began after a time.</summary>
    public IEnumerable<string> ShownSince(long time) => reads.Where(read => read.Began > time && read.Shows).Select(read => read.Address).Distinct();

    /// <summary>Ends the readers; throws what one of them met.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await reading;
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private bool Failed() => reading.IsFaulted;

    private async Task ReadAsync(HttpClient http, IReadOnlyDictionary<string, string> places)
    {
        var cancel = stop.Token;
        while (!cancel.IsCancellationRequested)
        {
            foreach (var (address, shows) in places)
            {
                var began = Now;
                using var response = await http.GetAsync(address, CancellationToken.None);
                response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
                var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                reads.Enqueue((address, began, response.StatusCode == HttpStatusCode.OK && text.Contains(shows, StringComparison.Ordinal)));
            }
        }
    }
}
