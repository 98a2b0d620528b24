using System.Text.Json.Serialization;
using PcBench.Contracts.Signing;

namespace PcBench.Contracts.Results;

/// <summary>
/// One measurement of one machine, as it is stored for ever and published: <c>pcbench.result/1</c>.
/// Statistics and scores are not in it; they are computed from its raw samples, and can be computed again.
/// </summary>
/// <remarks>
/// Never in it: serial numbers, MAC addresses, user names, host names, file paths. The limits on every member are in
/// <see cref="ResultRules"/>.
/// </remarks>
public sealed record ResultDocument
{
    /// <summary>The only value of <see cref="Schema"/> that this version reads and writes.</summary>
    public const string CurrentSchema = "pcbench.result/1";

    /// <summary>The largest document accepted, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Name and version of the format.</summary>
    /// <value>Always <c>pcbench.result/1</c>.</value>
    public required string Schema { get; init; }

    /// <summary>The program that measured, and the public key of its installation.</summary>
    public required AgentInfo Agent { get; init; }

    /// <summary>When and how long was measured.</summary>
    public required RunInfo Run { get; init; }

    /// <summary>What the machine is.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>What state the machine was in.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>What was measured, each with every sample.</summary>
    /// <value>1 to 128 workloads, each id once.</value>
    public required IReadOnlyList<WorkloadResult> Workloads { get; init; }

    /// <summary>Signature of <see cref="Agent"/>'s key over the canonical form of all the other members.</summary>
    /// <value>Absent only before signing; a submission without it is refused.</value>
    public ResultSignature? Signature { get; init; }
}

/// <summary>The program that measured.</summary>
public sealed record AgentInfo
{
    /// <summary>Name of the program.</summary>
    /// <value>Always <c>pcbench</c>.</value>
    public required string Name { get; init; }

    /// <summary>Version of the program, as SemVer with the commit: <c>0.1.0+5f2c…</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The runtime it ran on: <c>.NET 10.0.12</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Public key of this installation, which owns the result.</summary>
    /// <value>SubjectPublicKeyInfo of a P-256 key, Base64.</value>
    public required string PublicKey { get; init; }
}

/// <summary>How much of a machine's time a run may take.</summary>
[JsonConverter(typeof(CamelCase<RunPreset>))]
public enum RunPreset
{
    /// <summary>All scored workloads within 60 seconds.</summary>
    Quick,

    /// <summary>All workloads within 6 minutes.</summary>
    Full,

    /// <summary>Chosen workloads (<c>--only</c>).</summary>
    Custom,
}

/// <summary>When and how long was measured.</summary>
public sealed record RunInfo
{
    /// <summary>Start, UTC, whole seconds.</summary>
    /// <value>Not before 2026 and not more than a day ahead of the server's clock.</value>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall-clock time of the whole run, in seconds.</summary>
    /// <value>Over 0, at most 3,600.</value>
    public required double DurationSeconds { get; init; }

    /// <summary>What was asked for.</summary>
    public required RunPreset Preset { get; init; }

    /// <summary>The time that was promised before the start, in seconds.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>Time of one reading of the clock in nanoseconds, which is subtracted from each sample's time.</summary>
    public double? ClockOverheadNs { get; init; }

    /// <summary>The clock's smallest step in nanoseconds.</summary>
    public double? ClockResolutionNs { get; init; }

    /// <summary>Samples that were left out because the program's own runtime compiled or collected garbage beside them.</summary>
    public int? Discarded { get; init; }

    /// <summary>Workloads that were begun and could not be measured; they have no samples.</summary>
    /// <value>Absent where none failed; at most 128, each id once.</value>
    public IReadOnlyList<WorkloadFailure>? Failed { get; init; }
}

/// <summary>Why a workload could not be measured. No text of an error is in it: such texts hold paths and names.</summary>
[JsonConverter(typeof(CamelCase<FailureReason>))]
public enum FailureReason
{
    /// <summary>Its output was not that of a sound machine.</summary>
    WrongOutput,

    /// <summary>There was not enough memory.</summary>
    Memory,

    /// <summary>The device, its driver or the system reported an error.</summary>
    Error,
}

/// <summary>A workload that could not be measured.</summary>
/// <param name="Id">Id in <see cref="Workloads.WorkloadCatalog"/>.</param>
/// <param name="Reason">Why.</param>
public sealed record WorkloadFailure(string Id, FailureReason Reason);

/// <summary>One workload's raw samples.</summary>
public sealed record WorkloadResult
{
    /// <summary>Id in <see cref="Workloads.WorkloadCatalog"/>: <c>sort.single</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the workload. Results are comparable only within one version.</summary>
    public required int Version { get; init; }

    /// <summary>Unit of the samples, as the catalog has it.</summary>
    public required string Unit { get; init; }

    /// <summary>Threads that worked at the same time.</summary>
    /// <value>1 to 4,096.</value>
    public required int Threads { get; init; }

    /// <summary>Every sample after warm-up, in the order they were taken, in <see cref="Unit"/>.</summary>
    /// <value>1 to 1,000 numbers, each over 0 and physically possible for the workload.</value>
    public required IReadOnlyList<double> Samples { get; init; }

    /// <summary>When each sample began, in seconds after the start of the run: shows drift across interleaved rounds.</summary>
    /// <value>As many as samples, ascending.</value>
    public IReadOnlyList<double>? AtSeconds { get; init; }

    /// <summary>Processor time ÷ wall time of the measuring threads in each sample: under 0.97 something else ran.</summary>
    /// <value>As many as samples, 0 to 1.05.</value>
    public IReadOnlyList<double>? CpuShare { get; init; }

    /// <summary>How often the system took a measuring thread off its processor in each sample.</summary>
    /// <value>As many as samples; absent where that never happened, or the system does not say.</value>
    public IReadOnlyList<int>? Switches { get; init; }

    /// <summary>Page faults of the measuring threads in each sample.</summary>
    /// <value>As many as samples; absent where there was none, or the system does not say.</value>
    public IReadOnlyList<int>? PageFaults { get; init; }

    /// <summary>SHA-256 of what the work produced, equal to the catalog's: work that was not done cannot score.</summary>
    /// <value>64 lower-case hexadecimal digits.</value>
    public required string Digest { get; init; }

    /// <summary>Which code path was the fastest where there are several: <c>Vector256 non-temporal</c>.</summary>
    public string? Variant { get; init; }
}
