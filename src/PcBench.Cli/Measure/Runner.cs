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
/// <param name="observe">Told the time before each sample, to look at the state of the machine.</param>
/// <param name="activity">What the runtime has done so far; null for <see cref="RuntimeQuiet.Activity"/>.</param>
internal sealed class Runner(
    RunPlan plan, long started, TimeProvider time, Random random, Action<RunProgress> report, Action<TimeSpan>? observe = null,
    Func<(int Compiled, int Collected)>? activity = null)
{
    private readonly Func<(int Compiled, int Collected)> activity = activity ?? (() => RuntimeQuiet.Activity);

    private TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Workloads that failed, in the order they were given.</summary>
    public IReadOnlyList<FailedWorkload> Failed { get; private set; } = [];

    /// <summary>Samples that do not count, because the runtime compiled or collected beside them.</summary>
    public int Discarded { get; private set; }

    /// <summary>Runs. Workloads that got no sample in time are left out, and so are those that failed.</summary>
    public IReadOnlyList<WorkloadResult> Run(IReadOnlyList<IMeasurement> measurements, CancellationToken cancel)
    {
        List<Track> tracks = [.. measurements.Select(measurement => new Track(measurement, activity))];
        WarmUp(tracks, cancel);
        using var quiet = new RuntimeQuiet();
        var rounds = new Schedule(tracks, IsDone, random);
        while (rounds.Next(plan.MeasureUntil - Elapsed) is { } track)
        {
            cancel.ThrowIfCancellationRequested();
            observe?.Invoke(Elapsed);
            quiet.Renew();
            track.Try(sample => sample.Take(time, Elapsed));
            Report(track.Measurement.Workload.Title, tracks);
        }

        Discarded = tracks.Sum(track => track.Discarded);
        Failed = [.. tracks.Where(track => track.Failure is not null).Select(track => new FailedWorkload(track.Measurement.Workload, track.Failure!))];
        return [.. tracks.Where(track => track.Count > 0 && track.Failure is null).Select(track => track.Result())];
    }

    /// <summary>
    /// Until no figure improves any more, and the runtime has compiled nothing during a whole round: it compiles methods anew in the
    /// background, some tenths of a second after they were called often.
    /// </summary>
    private void WarmUp(List<Track> tracks, CancellationToken cancel)
    {
        var warm = new Schedule(tracks, track => track.IsWarm || track.Failure is not null, random);
        while (warm.Next(plan.WarmUpUntil - Elapsed) is { } track)
            Take(track);
        for (var settled = false; !settled;)
        {
            var compiled = activity().Compiled;
            foreach (var track in tracks.Where(track => track.Failure is null))
            {
                if (plan.WarmUpUntil - Elapsed <= (track.Cost ?? TimeSpan.Zero))
                    return;
                Take(track);
            }

            observe?.Invoke(Elapsed); // what looks on is compiled too
            settled = activity().Compiled == compiled;
        }

        void Take(Track track)
        {
            cancel.ThrowIfCancellationRequested();
            track.Try(one => one.WarmUp(time));
            Report("Warming up", tracks);
        }
    }

    private bool IsDone(Track track)
    {
        var counts = plan.SamplesOf(track.Measurement.Workload);
        return track.Failure is not null || track.Count >= counts.Most || (track.Count >= counts.Least && track.Agreed);
    }

    private void Report(string activity, List<Track> tracks)
    {
        var needed = tracks.Sum(track => track.Cost?.TotalSeconds * MissingSamples(track)) ?? 0;
        var left = Math.Clamp(needed, 0, Math.Max(0, (plan.MeasureUntil - Elapsed).TotalSeconds));
        report(new RunProgress(activity, Elapsed.TotalSeconds / (Elapsed.TotalSeconds + left), TimeSpan.FromSeconds(left)));
    }

    /// <summary>Whoever has enough samples, but none that agree, may need all that are allowed.</summary>
    private int MissingSamples(Track track)
    {
        var counts = plan.SamplesOf(track.Measurement.Workload);
        return IsDone(track) ? 0 : (track.Count < counts.Least ? counts.Least : counts.Most) - track.Count;
    }
}
