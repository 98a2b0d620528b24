using PcBench.Platform.Blobs;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Documents;

/// <summary>Moves new documents to the blob store, and makes sure that those of deleted results are not there.</summary>
internal sealed class ArchiveConsumer(DocumentStore documents) : IEventConsumer
{
    public string Name => "archive";

    // Few: while submissions come without a break a batch is done now and then, and none of those must feel it.
    public int BatchSize => 8;

    public bool Wants(string type) => type is EventTypes.ResultSubmitted or EventTypes.ResultDeleted;

    public Task HandleAsync(CloudEvent happened, CancellationToken cancel) => HandleAsync([happened], cancel);

    public async Task HandleAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        try
        {
            await documents.ArchiveAsync([.. events.Select(happened => happened.Subject).Distinct()], cancel);
        }
        catch (Exception error) when (BlobOutage.Is(error))
        {
            throw new OutageException("The blob store is away; documents wait in the database.", error);
        }
    }
}
