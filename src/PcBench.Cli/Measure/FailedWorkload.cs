using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>A workload that could not be measured.</summary>
/// <param name="Workload">Which.</param>
/// <param name="Error">What went wrong; its text is for the person at the terminal and goes into no document.</param>
internal sealed record FailedWorkload(Workload Workload, Exception Error)
{
    public WorkloadFailure ForDocument() => new(Workload.Id, Error switch
    {
        WrongOutputException => FailureReason.WrongOutput,
        OutOfMemoryException => FailureReason.Memory,
        _ => FailureReason.Error,
    });
}
