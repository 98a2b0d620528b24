using PcBench.Backend.Features.Assessments;
using PcBench.Contracts.Api;
using PcBench.Ml.Features;

namespace PcBench.Standalone;

/// <summary>The ml-service's assessment, called directly where both live in one process.</summary>
internal sealed class InProcessAssessor(LocalModel model) : IAssessor
{
    public ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel) => ValueTask.FromResult(model.Assess(request));
}
