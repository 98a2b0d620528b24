using PcBench.ServiceTests.Ml;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>Tests that share what is watched, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class AreWatched : ICollectionFixture<Watched>
{
    public const string Name = "watched";
}

/// <summary>Stage, beta and prod side by side, each on a store of its own and used a little all the time; started by the first test that asks.</summary>
public sealed class Watched : IAsyncDisposable
{
    private readonly List<WatchedContour> contours = [];
    private readonly List<Traffic> traffic = [];

    internal IReadOnlyList<WatchedContour> Contours => contours;

    /// <summary>How many programs Prometheus watches in all.</summary>
    internal int Targets => contours.Sum(contour => contour.Targets.Length);

    internal WatchedContour this[string name] => contours.Single(contour => contour.Name == name);

    /// <summary>To be called by each test first; it is skipped where a program is missing.</summary>
    internal async Task StartAsync(TestServers servers, TrainedOnce once)
    {
        if (traffic.Count > 0)
            return;
        foreach (var name in (string[])["stage", "beta", "prod"])
            contours.Add(await WatchedContour.StartAsync(name, servers, once));
        traffic.AddRange(contours.Select(contour => new Traffic(contour)));
    }

    /// <summary>Whether users do also what should not be done.</summary>
    internal void LetBeRude(bool rude) => traffic.ForEach(one => one.IsRude = rude);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in traffic)
            await one.DisposeAsync();
        foreach (var contour in contours)
            await contour.DisposeAsync();
    }
}
