namespace PcBench.Cli.Measure;

/// <summary>
/// Which workload is next: rounds over all that are not done, each beginning at a random place. So a disturbance of some
/// seconds costs every workload one sample instead of one workload all of them.
/// </summary>
internal sealed class Schedule(IReadOnlyList<Track> tracks, Func<Track, bool> isDone, Random random)
{
    // Before the first sample nothing is known; a machine a hundred times slower than the reference takes this long.
    private static readonly TimeSpan UnknownCost = TimeSpan.FromSeconds(2);

    private readonly Queue<Track> round = new();

    /// <summary>The next workload whose sample fits into <paramref name="left"/>; null where none does or all are done.</summary>
    public Track? Next(TimeSpan left)
    {
        // A round that is under way may hold none that fits, while a new one does: hence twice.
        for (var rounds = 0; rounds < 2; rounds++)
        {
            while (round.TryDequeue(out var track))
            {
                if (!isDone(track) && CostOf(track) <= left)
                    return track;
            }

            StartRound();
        }

        return null;
    }

    /// <summary>What has not run yet may take as long as the slowest that has.</summary>
    private TimeSpan CostOf(Track track) => track.Cost ?? tracks.Max(other => other.Cost ?? UnknownCost);

    private void StartRound()
    {
        var open = tracks.Where(track => !isDone(track)).ToList();
        var first = open.Count == 0 ? 0 : random.Next(open.Count);
        foreach (var track in open.Skip(first).Concat(open.Take(first)))
            round.Enqueue(track);
    }
}
