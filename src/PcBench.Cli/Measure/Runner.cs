using PcBench.Contracts.Results;

namespace PcBench.Cli.Measure;

/// <summary>How far a run is.</summary>
/// <param name="Activity">What is being done, for people.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Left">Longest time it may still take.</param>
internal readonly record struct RunProgress(string Activity, double Share, TimeSpan Left);

/// <summary>
/// Measures within a budget: warms up, then takes samples in interleaved rounds until the best samples of every workload
/// agree or the time is over. No sample starts that would end after the time, by what the workload's last one took.
/// </summary>
/// <param name="plan">Budget and numbers of samples.</param>
/// <param name="started">Timestamp of the start of the run, by <paramref name="time"/>.</param>
/// <param name="time">The clock.</param>
/// <param name="random">For the order.</param>
/// <param name="report">Told after each sample.</param>
internal sealed class Runner(RunPlan plan, long started, TimeProvider time, Random random, Action<RunProgress> report)
{
    private TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Runs. Workloads that got no sample in time are left out.</summary>
    /// <exception cref="WrongOutputException">A workload's work went wrong.</exception>
    public IReadOnlyList<WorkloadResult> Run(IReadOnlyList<IMeasurement> measurements, CancellationToken cancel)
    {
        List<Track> tracks = [.. measurements.Select(measurement => new Track(measurement))];
        var warmUp = new Schedule(tracks, track => track.IsWarm, random);
        while (warmUp.Next(plan.WarmUpUntil - Elapsed) is { } track)
        {
            cancel.ThrowIfCancellationRequested();
            track.WarmUp(time);
            Report("Warming up", tracks);
        }

        // What the start has left behind shall not be collected beside a sample; samples themselves allocate next to nothing.
        GC.Collect();
        var rounds = new Schedule(tracks, IsDone, random);
        while (rounds.Next(plan.MeasureUntil - Elapsed) is { } track)
        {
            cancel.ThrowIfCancellationRequested();
            track.Take(time, Elapsed);
            Report(track.Measurement.Workload.Title, tracks);
        }

        return [.. tracks.Where(track => track.Count > 0).Select(track => track.Result())];
    }

    private bool IsDone(Track track) => track.Count >= plan.MaxSamples || (track.Count >= plan.MinSamples && track.Agreed);

    private void Report(string activity, List<Track> tracks)
    {
        var needed = tracks.Sum(track => track.Cost?.TotalSeconds * MissingSamples(track)) ?? 0;
        var left = Math.Clamp(needed, 0, Math.Max(0, (plan.MeasureUntil - Elapsed).TotalSeconds));
        report(new RunProgress(activity, Elapsed.TotalSeconds / (Elapsed.TotalSeconds + left), TimeSpan.FromSeconds(left)));
    }

    /// <summary>Whoever has enough samples, but none that agree, may need all that are allowed.</summary>
    private int MissingSamples(Track track) =>
        IsDone(track) ? 0 : (track.Count < plan.MinSamples ? plan.MinSamples : plan.MaxSamples) - track.Count;
}
