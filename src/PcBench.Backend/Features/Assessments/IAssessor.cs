using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Assessments;

/// <summary>
/// Says whether a result fits its hardware. The host chooses who does: the assessment in this process, or the ml-service.
/// </summary>
public interface IAssessor
{
    ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel);
}
