using System.Reflection;
using System.Runtime.InteropServices;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Cpu;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Gpu;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>What to run.</summary>
/// <param name="Plan">Budget and numbers of samples.</param>
/// <param name="Workloads">Which workloads.</param>
/// <param name="StorageFolders">Folders to measure storage in; the first that can be measured is taken.</param>
internal sealed record RunRequest(RunPlan Plan, IReadOnlyList<Workload> Workloads, IReadOnlyList<string> StorageFolders);

/// <summary>What a run gave.</summary>
/// <param name="Document">The unsigned document; null where nothing could be measured.</param>
/// <param name="Skipped">What was left out, and why.</param>
/// <param name="Failed">What was begun and failed; the document names it too.</param>
internal sealed record RunOutcome(ResultDocument? Document, IReadOnlyList<string> Skipped, IReadOnlyList<FailedWorkload> Failed);

/// <summary>One run from detection to document.</summary>
internal sealed class RunSession(RunRequest request, TimeProvider time, Action<RunProgress> report)
{
    private readonly long started = time.GetTimestamp();
    private readonly List<string> skipped = [];
    private readonly List<FailedWorkload> failed = [];

    /// <summary>Runs. A workload that fails is left out and named; the others go on.</summary>
    public RunOutcome Run(CancellationToken cancel)
    {
        var startedAt = time.GetUtcNow();
        Report("Looking at the machine");
        var machine = MachineDetector.Detect([.. request.StorageFolders]);
        var probe = EnvironmentProbe.Start(time);

        using var storage = PrepareStorage(cancel);
        using var team = new Team([.. Affinity.Processors().Take(machine.Cpu.Threads)]);
        team.PutFastestFirst(ProcessorSpeed.Measure);
        using var gpus = new GpuDevices(anyDevice: request.Plan.Preset == RunPreset.Custom);
        using var set = new MeasurementSet(team, MemorySizes.Of(machine), storage, gpus);
        var measurements = Prepare(set, storage is not null, cancel);

        // Chance decides only the order of the samples; the start time as its seed lets a run be replayed.
        var random = new Random((int)startedAt.ToUnixTimeSeconds());
        double? mhz = null;
        var runner = new Runner(request.Plan, started, time, random, report, at => probe.Observe(at, () =>
        {
            team.Each(1, _ => mhz = ClockProbe.LookAtMhz());
            return mhz;
        }));
        var results = runner.Run(measurements, cancel);
        failed.AddRange(runner.Failed);
        var known = results.Select(result => result.Id).Concat(failed.Select(failure => failure.Workload.Id)).ToHashSet();
        foreach (var missed in measurements.Where(measurement => !known.Contains(measurement.Workload.Id)))
            skipped.Add($"{missed.Workload.Id}: the time was over before its first sample");
        return new RunOutcome(results.Count == 0 ? null : Document(machine, probe.Finish(), startedAt, runner.Discarded, results), skipped, failed);
    }

    private StorageFile? PrepareStorage(CancellationToken cancel)
    {
        if (request.Workloads.All(workload => workload.Kind != ScoreKind.Storage))
            return null;
        Report("Writing the file for storage");
        string? obstacle = null;
        foreach (var folder in request.StorageFolders)
        {
            obstacle = StorageFolder.Obstacle(folder, request.Plan.StorageBytes);
            if (obstacle is not null)
                continue;
            try
            {
                return StorageFile.Create(folder, request.Plan.StorageBytes, request.Plan.StorageTime, time, cancel);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                obstacle = error is UnauthorizedAccessException
                    ? $"{folder} cannot be written to by this user; give another folder with --storage-path"
                    : error.Message.TrimEnd('.');
            }
        }

        skipped.Add($"storage: {obstacle}");
        return null;
    }

    private List<IMeasurement> Prepare(MeasurementSet set, bool hasStorage, CancellationToken cancel)
    {
        var ready = new List<IMeasurement>();
        // Where this takes long, measuring does too: the first ones measured are better than all of them made ready when the time is over.
        var latest = request.Plan.WarmUpUntil * 0.75;
        foreach (var workload in request.Workloads)
        {
            cancel.ThrowIfCancellationRequested();
            if ((workload.Kind == ScoreKind.Storage && !hasStorage) || !set.Applies(workload))
                continue;
            if (ready.Count > 0 && time.GetElapsedTime(started) > latest)
            {
                skipped.Add($"{workload.Id}: the time to make workloads ready was over; choose fewer with --only, or give more time with --full");
                continue;
            }

            Report($"Preparing {workload.Title}");
            try
            {
                if (set.Obstacle(workload) is not { } obstacle)
                    ready.Add(set.Prepare(workload));
                else if ((workload.Kind == ScoreKind.Gpu ? $"gpu: {obstacle}" : $"{workload.Id}: {obstacle}") is var line && !skipped.Contains(line))
                    skipped.Add(line); // one device is missed once, not by each of its workloads
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // As in the runner: a driver that cannot compile one kernel may run the others.
                failed.Add(new FailedWorkload(workload, error));
            }
        }

        return ready;
    }

    private ResultDocument Document(
        MachineInfo machine, EnvironmentInfo state, DateTimeOffset startedAt, int discarded, IReadOnlyList<WorkloadResult> results) => new()
        {
            Schema = ResultDocument.CurrentSchema,
            Agent = new AgentInfo
            {
                Name = "pcbench",
                Version = typeof(RunSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                Runtime = HardwareText.Clean(RuntimeInformation.FrameworkDescription) ?? ".NET",
                PublicKey = "", // signing puts the key's own in
            },
            Run = new RunInfo
            {
                StartedAt = DateTimeOffset.FromUnixTimeSeconds(startedAt.ToUnixTimeSeconds()),
                DurationSeconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1),
                Preset = request.Plan.Preset,
                BudgetSeconds = request.Plan.Budget.TotalSeconds,
                ClockOverheadNs = Math.Round(SampleTimer.Overhead * 1e9, 1),
                ClockResolutionNs = Math.Round(SampleTimer.Resolution * 1e9, 1),
                Discarded = discarded,
                Failed = failed.Count == 0 ? null : [.. failed.Select(failure => failure.ForDocument())],
            },
            Machine = machine,
            Environment = state,
            Workloads = results,
        };

    private void Report(string activity)
    {
        var elapsed = time.GetElapsedTime(started);
        report(new RunProgress(activity, elapsed / request.Plan.Budget, request.Plan.MeasureUntil - elapsed));
    }
}
