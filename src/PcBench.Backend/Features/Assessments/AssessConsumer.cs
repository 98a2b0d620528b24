using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Assessments;

/// <summary>Has each new result assessed.</summary>
internal sealed class AssessConsumer(Assessments assessments) : IEventConsumer
{
    public string Name => "assess";

    public bool Wants(string type) => type == EventTypes.ResultSubmitted;

    public Task HandleAsync(CloudEvent happened, CancellationToken cancel) => assessments.AssessAsync(happened.Subject, cancel);
}
