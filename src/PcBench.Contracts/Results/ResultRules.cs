using System.Security.Cryptography;
using PcBench.Contracts.Signing;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Results;

/// <summary>
/// The rules a well-formed document must keep, in one place for the command line and the API. They refuse what cannot be
/// true; whether a possible result is a plausible one for its hardware is the assessment's matter.
/// </summary>
public static class ResultRules
{
    private const int MaxWorkloads = 128;
    private const int MaxStates = 2_000;

    /// <summary>Everything that is wrong, at most 20 errors.</summary>
    /// <param name="result">The document.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<FieldError> Check(ResultDocument result, DateTimeOffset now)
    {
        var errors = Check(result, now, out var ownerKey);
        ownerKey?.Dispose();
        return errors;
    }

    /// <summary>The same, and the owner's key, so that importing it is paid once: it costs more than all the other rules.</summary>
    /// <param name="result">The document.</param>
    /// <param name="now">The time.</param>
    /// <param name="ownerKey">The key; null only where there are errors.</param>
    internal static IReadOnlyList<FieldError> Check(ResultDocument result, DateTimeOffset now, out ECDsa? ownerKey)
    {
        ownerKey = null;
        var rules = new Rules();
        if (result.Schema != ResultDocument.CurrentSchema)
        {
            // Nothing else of an unknown version can be judged.
            rules.Add("schema", result.Schema, "This version of the document is not known here.",
                $"Use a pcbench that writes {ResultDocument.CurrentSchema}.");
            return rules.Errors;
        }

        ownerKey = CheckAgent(rules, result.Agent);
        CheckRun(rules, result.Run, now);
        MachineRules.Check(rules, result.Machine);
        CheckEnvironment(rules, result.Environment);
        CheckWorkloads(rules, result.Workloads, result.Machine.Cpu.Threads);
        CheckFailed(rules, result.Run.Failed ?? [], result.Workloads);
        CheckSignature(rules, result.Signature);
        return rules.Errors;
    }

    private static ECDsa? CheckAgent(Rules rules, AgentInfo agent)
    {
        rules.Require(agent.Name == "pcbench", "agent.name", agent.Name, "The agent is not known here.", "Measure with pcbench.");
        rules.Text("agent.version", agent.Version, required: true);
        rules.Text("agent.runtime", agent.Runtime, required: true);
        if (!rules.Base64("agent.publicKey", agent.PublicKey, 91, out var bytes))
            return null;
        var key = ResultSigner.TryImport(bytes);
        rules.Require(key is not null, "agent.publicKey", agent.PublicKey, "It is not a P-256 public key.",
            "Give the SubjectPublicKeyInfo of a P-256 key in Base64.");
        return key;
    }

    private static void CheckRun(Rules rules, RunInfo run, DateTimeOffset now)
    {
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        rules.Require(run.StartedAt >= first && run.StartedAt <= now.AddDays(1), "run.startedAt", run.StartedAt.ToString("O"),
            "No run can have started then.", "Set the machine's clock and measure again.");
        rules.Require(run.StartedAt.Offset == TimeSpan.Zero, "run.startedAt", run.StartedAt.ToString("O"),
            "The time is not in UTC.", "Write it with the offset Z.");
        rules.Range("run.durationSeconds", run.DurationSeconds, 0.001, 3_600);
        rules.Range("run.budgetSeconds", run.BudgetSeconds, 1, 3_600);
        rules.Range("run.clockOverheadNs", run.ClockOverheadNs, 0, 1e9);
        rules.Range("run.clockResolutionNs", run.ClockResolutionNs, 0, 1e9);
        rules.Range("run.discarded", run.Discarded, 0, 1e6);
    }

    private static void CheckFailed(Rules rules, IReadOnlyList<WorkloadFailure> failed, IReadOnlyList<WorkloadResult> workloads)
    {
        rules.Count("run.failed", failed, MaxWorkloads);
        var seen = workloads.OfType<WorkloadResult>().Select(measured => measured.Id).ToHashSet();
        for (var i = 0; i < Math.Min(failed.Count, MaxWorkloads); i++)
        {
            var (failure, field) = (failed[i], new Field("run.failed", i));
            if (!rules.NotNull(field, failure))
                continue;
            rules.Require(WorkloadCatalog.Find(failure.Id) is not null, field.Member("id"), failure.Id, "No such workload.", "Use a pcbench of the same version as the server.");
            if (!seen.Add(failure.Id))
                rules.Add(field.Member("id"), failure.Id, "The workload is there already.", "A workload was measured or it failed, once.");
        }
    }

    private static void CheckEnvironment(Rules rules, EnvironmentInfo environment)
    {
        rules.Text("environment.governor", environment.Governor);
        rules.Text("environment.microcode", environment.Microcode);
        rules.Text("environment.hugePages", environment.HugePages);
        rules.Range("environment.loadAverage", environment.LoadAverage, 0, 100_000);
        rules.Range("environment.busyPercent", environment.BusyPercent, 0, 100);
        rules.Range("environment.stealPercent", environment.StealPercent, 0, 100);
        rules.Range("environment.temperatureBeforeC", environment.TemperatureBeforeC, -50, 150);
        rules.Range("environment.temperatureAfterC", environment.TemperatureAfterC, -50, 150);
        var mitigations = environment.Mitigations ?? [];
        rules.Count("environment.mitigations", mitigations, 64);
        for (var i = 0; i < Math.Min(mitigations.Count, 64); i++)
            rules.Text(new Field("environment.mitigations", i), mitigations[i], required: true);
        var course = environment.Course ?? [];
        rules.Count("environment.course", course, MaxStates);
        for (var i = 0; i < Math.Min(course.Count, MaxStates); i++)
        {
            var (state, field) = (course[i], new Field("environment.course", i));
            if (!rules.NotNull(field, state))
                continue;
            rules.Range(field.Member("atSeconds"), state.AtSeconds, 0, 3_600);
            rules.Range(field.Member("mhz"), state.Mhz, 100, 10_000);
            rules.Range(field.Member("temperatureC"), state.TemperatureC, -50, 150);
            rules.Range(field.Member("busyPercent"), state.BusyPercent, 0, 100);
            rules.Range(field.Member("stealPercent"), state.StealPercent, 0, 100);
        }
    }

    private static void CheckWorkloads(Rules rules, IReadOnlyList<WorkloadResult> workloads, int cpuThreads)
    {
        rules.Require(workloads.Count is > 0 and <= MaxWorkloads, "workloads", workloads.Count, $"There must be 1 to {MaxWorkloads} of them.", "Measure at least one workload.");
        var seen = new HashSet<string>();
        for (var i = 0; i < Math.Min(workloads.Count, MaxWorkloads); i++)
        {
            var (result, field) = (workloads[i], new Field("workloads", i));
            if (!rules.NotNull(field, result))
                continue;
            if (!seen.Add(result.Id))
                rules.Add(field.Member("id"), result.Id, "The workload is there twice.", "Give each workload once, with all its samples.");
            if (WorkloadCatalog.Find(result.Id) is { } workload)
                CheckWorkload(rules, field, workload, result, cpuThreads);
            else
                rules.Add(field.Member("id"), result.Id, "No such workload.", "Use a pcbench of the same version as the server.");
        }
    }

    private static void CheckWorkload(Rules rules, Field field, Workload workload, WorkloadResult result, int cpuThreads)
    {
        if (result.Version != workload.Version)
        {
            rules.Add(field.Member("version"), result.Version, $"This server knows version {workload.Version} of {workload.Id}.",
                "Use a pcbench of the same version as the server.");
        }

        if (result.Unit != workload.Unit)
            rules.Add(field.Member("unit"), result.Unit, $"The unit of {workload.Id} is {workload.Unit}.", "Write the samples in that unit.");
        if (result.Threads < 1 || result.Threads > cpuThreads)
        {
            rules.Add(field.Member("threads"), result.Threads, $"The machine has {cpuThreads} threads.",
                "Give the number of threads that worked, 1 to machine.cpu.threads.");
        }

        rules.Require(!workload.Id.EndsWith(".single", StringComparison.Ordinal) || result.Threads == 1, field.Member("threads"), result.Threads,
            "A .single workload runs on one thread.", "Give 1.");
        rules.Text(field.Member("variant"), result.Variant);
        rules.Require(result.Digest == workload.Digest, field.Member("digest"), result.Digest,
            "It is not the digest of the right output: the work was not done, or went wrong.", "Measure again; if it stays, memory or processor may be faulty.");

        rules.Require(result.Samples.Count is > 0 and <= 1_000, field.Member("samples"), result.Samples.Count, "There must be 1 to 1,000 of them.", "Give every sample, once.");
        var limit = workload.Better == Better.Higher ? workload.Limit * Math.Max(1, result.Threads) : workload.Limit;
        for (var i = 0; i < Math.Min(result.Samples.Count, 1_000); i++)
        {
            var sample = result.Samples[i];
            var possible = double.IsFinite(sample) && sample > 0
                && (workload.Better == Better.Higher ? sample <= limit : sample >= limit && sample <= 1e9);
            if (possible)
                continue;
            rules.Add(field.Member("samples", i), sample,
                workload.Better == Better.Higher
                    ? $"It must be over 0 and at most {limit:R} {workload.Unit}: nothing with {result.Threads} threads is faster."
                    : $"It must be at least {limit:R} {workload.Unit}, and at most 1e9.",
                "Give the sample as it was measured.");
        }

        CheckSeries(rules, field, "atSeconds", result.AtSeconds, result.Samples.Count, 3_600, ascending: true);
        CheckSeries(rules, field, "cpuShare", result.CpuShare, result.Samples.Count, 1.05, ascending: false);
        CheckSeries(rules, field, "switches", result.Switches?.Select(count => (double)count).ToList(), result.Samples.Count, int.MaxValue, ascending: false);
        CheckSeries(rules, field, "pageFaults", result.PageFaults?.Select(count => (double)count).ToList(), result.Samples.Count, int.MaxValue, ascending: false);
    }

    private static void CheckSeries(Rules rules, Field workload, string name, IReadOnlyList<double>? series, int count, double max, bool ascending)
    {
        if (series is null)
            return;
        if (series.Count != count)
            rules.Add(workload.Member(name), series.Count, $"There are {count} samples.", "Give one number for each sample, or leave the member out.");
        for (var i = 0; i < Math.Min(series.Count, 1_000); i++)
        {
            var field = workload.Member(name, i);
            rules.Range(field, series[i], 0, max);
            rules.Require(!ascending || i == 0 || series[i] >= series[i - 1], field, series[i], "It is earlier than the one before.", "Give the samples in the order they were taken.");
        }
    }

    private static void CheckSignature(Rules rules, ResultSignature? signature)
    {
        if (!rules.NotNull("signature", signature))
            return;
        rules.Require(signature.Algorithm == ResultSignature.Es256, "signature.algorithm", signature.Algorithm, "The algorithm is not known here.", $"Sign with {ResultSignature.Es256}.");
        rules.Base64("signature.value", signature.Value, 64, out _);
    }
}
