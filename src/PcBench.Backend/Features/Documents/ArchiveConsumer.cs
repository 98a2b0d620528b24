using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Documents;

/// <summary>Moves new documents to the blob store, and makes sure that those of deleted results are not there.</summary>
internal sealed class ArchiveConsumer(DocumentStore documents) : IEventConsumer
{
    public string Name => "archive";

    public bool Wants(string type) => type is EventTypes.ResultSubmitted or EventTypes.ResultDeleted;

    public Task HandleAsync(CloudEvent happened, CancellationToken cancel) => documents.ArchiveAsync(happened.Subject, cancel);
}
