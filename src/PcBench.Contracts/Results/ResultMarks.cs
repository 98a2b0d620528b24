using System.Text.Json.Serialization;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Results;

/// <summary>A circumstance that a reader of the result should know.</summary>
[JsonConverter(typeof(CamelCase<ResultMark>))]
public enum ResultMark
{
    /// <summary>In some workload the best samples do not agree.</summary>
    Noisy,

    /// <summary>The machine slowed down in the course of the run.</summary>
    Throttled,

    /// <summary>Other programs, or other guests of the host, used the processor.</summary>
    Busy,

    /// <summary>Under a hypervisor.</summary>
    Virtual,

    /// <summary>On fewer threads than the machine has: an affinity, a cpuset or a quota held the process back.</summary>
    Limited,

    /// <summary>On battery.</summary>
    Battery,

    /// <summary>Not all workloads were measured.</summary>
    Partial,

    /// <summary>Some workloads were begun and failed.</summary>
    Failed,
}

/// <summary>A mark with what it rests on and what to do about it.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Evidence">What was seen, in English: <c>Runs under KVM.</c></param>
/// <param name="Advice">What to do for a better result, in English; absent where nothing can be done.</param>
/// <param name="Statements">The same evidence for those who say it in another language.</param>
public sealed record MarkEvidence(ResultMark Mark, string Evidence, string? Advice, IReadOnlyList<Statement> Statements);

/// <summary>One thing that was seen.</summary>
/// <param name="Code">What it is: the mark's name, or <c>busy.others</c>, <c>busy.during</c>, <c>busy.steal</c>, <c>busy.shared</c>, <c>throttled.clock</c>,
/// <c>failed.wrongOutput</c>, <c>failed.memory</c>, <c>failed.error</c>.</param>
/// <param name="Values">The numbers and names in it, in the order of the English text.</param>
public sealed record Statement(string Code, IReadOnlyList<string> Values);

/// <summary>Reads the marks off a document: they are not in it, so that a better rule can be applied to old results.</summary>
public static class ResultMarks
{
    private const double BusyPercent = 10;
    private const double StealPercent = 1;
    private const double SharedPercent = 20;
    private const double DriftPercent = 5;

    /// <summary>All marks, each once.</summary>
    public static IReadOnlyList<MarkEvidence> Of(ResultDocument result)
    {
        var marks = new List<MarkEvidence>();
        AddNoise(marks, result);
        AddDrift(marks, result);
        AddLoad(marks, result);
        if (result.Machine.Hypervisor is { } hypervisor)
            marks.Add(new(ResultMark.Virtual, $"Runs under {hypervisor}.", null, [new("virtual", [hypervisor])]));
        AddLimit(marks, result);
        if (result.Environment.Power == PowerSource.Battery)
            marks.Add(new(ResultMark.Battery, "Ran on battery.", "Plug in the power supply and measure again.", [new("battery", [])]));
        AddFailures(marks, result);
        var there = result.Workloads.Select(measured => measured.Id).ToHashSet();
        var missing = WorkloadCatalog.Scored.Count(workload => !there.Contains(workload.Id));
        if (missing > 0)
        {
            marks.Add(new(ResultMark.Partial, $"{missing} of {WorkloadCatalog.Scored.Count} workloads were not measured.", "Measure without --only for all scores.",
                [new("partial", [$"{missing}", $"{WorkloadCatalog.Scored.Count}"])]));
        }

        return marks;
    }

    /// <summary>
    /// Change of speed in the course of a run, in per cent: the median of the last third of the samples against that of
    /// the first third. Negative where it slowed down.
    /// </summary>
    /// <returns>0 where there are fewer than 9 samples.</returns>
    public static double DriftOf(Workload workload, IReadOnlyList<double> samples)
    {
        var third = samples.Count / 3;
        if (third < 3)
            return 0;
        var first = SampleStatistics.Median([.. samples.Take(third)]);
        var last = SampleStatistics.Median([.. samples.Skip(samples.Count - third)]);
        return 100 * (workload.Better == Better.Higher ? last / first - 1 : first / last - 1);
    }

    /// <summary>
    /// Change of speed of the processor in the course of a run, in per cent: the median over its processor workloads, of
    /// undisturbed samples alone. One workload may drift by chance, and a neighbour may slow some samples down; a machine
    /// that throttles drags down most of what its processor does.
    /// </summary>
    /// <returns>Null where fewer than 3 workloads have samples enough to tell.</returns>
    public static double? DriftOf(ResultDocument result)
    {
        var drifts = (from measured in result.Workloads
                      let workload = WorkloadCatalog.Find(measured.Id)
                      where workload is { Kind: ScoreKind.Single or ScoreKind.Multi }
                      let samples = UndisturbedSamples.Of(measured)
                      where samples.Count >= 9
                      select DriftOf(workload, samples)).Order().ToArray();
        return drifts.Length < 3 ? null : SampleStatistics.Quantile(drifts, 0.5);
    }

    private static void AddNoise(List<MarkEvidence> marks, ResultDocument result)
    {
        var noisy = (from measured in result.Workloads
                     let workload = WorkloadCatalog.Find(measured.Id)
                     where workload is { IsScored: true, Figure: FigureRule.AgreedBest } && !SampleStatistics.FigureOf(workload, measured.Samples).Agreed
                     select workload.Id).ToList();
        if (noisy.Count > 0)
        {
            marks.Add(new(ResultMark.Noisy, $"No three samples agree within 1 % in: {string.Join(", ", noisy)}.",
                "Close other programs and measure with --full.", [new("noisy", [string.Join(", ", noisy)])]));
        }
    }

    /// <summary>Only workloads that take all threads there are can tell: others run on as many as their name says.</summary>
    private static void AddLimit(List<MarkEvidence> marks, ResultDocument result)
    {
        var threads = result.Workloads.Where(measured => WorkloadCatalog.Find(measured.Id) is { TakesAllThreads: true }).Max(measured => (int?)measured.Threads);
        var there = result.Machine.Cpu.Threads;
        if (threads < there)
        {
            marks.Add(new(ResultMark.Limited, $"Measured on {threads} of the machine's {there} threads.",
                "Measure where the process may use the whole processor: without taskset, cpuset or a container's quota.", [new("limited", [$"{threads}", $"{there}"])]));
        }
    }

    private static void AddFailures(List<MarkEvidence> marks, ResultDocument result)
    {
        var seen = (from failure in result.Run.Failed ?? []
                    group failure.Id by failure.Reason into same
                    let ids = string.Join(", ", same)
                    select same.Key switch
                    {
                        FailureReason.WrongOutput => ($"a wrong output came from: {ids}", new Statement("failed.wrongOutput", [ids])),
                        FailureReason.Memory => ($"there was not enough memory for: {ids}", new Statement("failed.memory", [ids])),
                        _ => ($"an error ended: {ids}", new Statement("failed.error", [ids])),
                    }).ToList();
        if (seen.Count > 0)
            marks.Add(Of(ResultMark.Failed, seen, "Measure again; if it stays, check drivers, memory and cooling."));
    }

    private static void AddDrift(List<MarkEvidence> marks, ResultDocument result)
    {
        var seen = new List<(string Text, Statement Statement)>();
        if (DriftOf(result) is < -DriftPercent and var drift)
            seen.Add(($"half of the processor workloads were over {-drift:F0} % slower at the end of the run than at its start", new("throttled", [$"{-drift:F0}"])));
        if (ClockDriftOf(result) is < -DriftPercent and var clock)
            seen.Add(($"the measured clock fell by {-clock:F0} % in the course of the run", new("throttled.clock", [$"{-clock:F0}"])));
        if (seen.Count > 0)
            marks.Add(Of(ResultMark.Throttled, seen, "Let the machine cool down, check its cooling and power plan, and measure again."));
    }

    /// <summary>Change of the first measuring thread's clock, in per cent: the median of the last third of the looks against that of the first.</summary>
    private static double? ClockDriftOf(ResultDocument result)
    {
        var clocks = (result.Environment.Course ?? []).Select(state => state.Mhz).OfType<double>().ToList();
        var third = clocks.Count / 3;
        return third < 3
            ? null
            : 100 * (SampleStatistics.Median([.. clocks.TakeLast(third)]) / SampleStatistics.Median([.. clocks.Take(third)]) - 1);
    }

    private static double? MedianOf(ResultDocument result, Func<StateInCourse, double?> of)
    {
        var values = (result.Environment.Course ?? []).Select(of).OfType<double>().ToList();
        return values.Count == 0 ? null : SampleStatistics.Median(values);
    }

    private static MarkEvidence Of(ResultMark mark, IReadOnlyList<(string Text, Statement Statement)> seen, string advice)
    {
        var evidence = string.Join("; ", seen.Select(one => one.Text));
        return new(mark, $"{char.ToUpperInvariant(evidence[0])}{evidence[1..]}.", advice, [.. seen.Select(one => one.Statement)]);
    }

    private static void AddLoad(List<MarkEvidence> marks, ResultDocument result)
    {
        var seen = new List<(string Text, Statement Statement)>();
        if (result.Environment.BusyPercent is > BusyPercent and var busy)
            seen.Add(($"other programs used {busy:F0} % of the processor before the run", new("busy.others", [$"{busy:F0}"])));
        if (MedianOf(result, state => state.BusyPercent) is > BusyPercent and var meanwhile)
            seen.Add(($"other programs used {meanwhile:F0} % of the processor during the run", new("busy.during", [$"{meanwhile:F0}"])));
        if (result.Environment.StealPercent is > StealPercent and var steal)
            seen.Add(($"the hypervisor gave {steal:F1} % of the processor to others", new("busy.steal", [$"{steal:F1}"])));
        var shares = result.Workloads.Where(measured => measured.CpuShare is not null && WorkloadCatalog.Find(measured.Id)?.Kind is ScoreKind.Single or ScoreKind.Multi)
            .Select(measured => measured.CpuShare!).ToList();
        var samples = shares.Sum(series => series.Count);
        var low = samples == 0 ? 0 : 100.0 * shares.Sum(series => series.Count(share => share < UndisturbedSamples.LowCpuShare)) / samples;
        if (low > SharedPercent)
            seen.Add(($"in {low:F0} % of the samples the measuring thread had to share its processor", new("busy.shared", [$"{low:F0}"])));
        if (seen.Count > 0)
            marks.Add(Of(ResultMark.Busy, seen, "Close other programs, wait until the machine is idle and measure again."));
    }
}
