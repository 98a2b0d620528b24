namespace PcBench.Contracts.Results;

/// <summary>
/// The samples in which the measuring threads had their processors to themselves. What is said of the machine rather than
/// of its load (a comparison, a slow-down in the course of the run) rests on these.
/// </summary>
public static class UndisturbedSamples
{
    /// <summary>Processor time ÷ wall time under which something else ran in between.</summary>
    public const double LowCpuShare = 0.97;

    private const int Enough = 6; // a median of fewer has no 95 % interval

    /// <summary>The undisturbed samples, in order; all of them where the agent could not tell.</summary>
    public static IReadOnlyList<double> Of(WorkloadResult measured) =>
        measured.CpuShare is { } shares ? [.. measured.Samples.Where((_, i) => shares[i] >= LowCpuShare)] : measured.Samples;

    /// <summary>The undisturbed samples, or all where too few are left to say anything by.</summary>
    public static IReadOnlyList<double> OrAll(WorkloadResult measured) => Of(measured) is { Count: >= Enough } undisturbed ? undisturbed : measured.Samples;
}
