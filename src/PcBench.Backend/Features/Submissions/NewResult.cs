using PcBench.Backend.Features.Documents;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>A verified result with all that is to be stored of it, computed before it queues for the writer.</summary>
internal sealed record NewResult(
    string Id,
    byte[] OwnerKey,
    byte[] Measurement,
    Visibility Visibility,
    DateTimeOffset SubmittedAt,
    DateTimeOffset MeasuredAt,
    MachineInfo Machine,
    IReadOnlyList<BoardValue> Values,
    byte[] Body)
{
    /// <summary>The trace of its request, which goes on in the events that it causes.</summary>
    public string? TraceParent { get; init; } = NewEvent.CurrentTrace;

    public static NewResult Of(VerifiedResult result, Visibility visibility, DateTimeOffset now) => new(
        result.Id, result.PublicKey, result.Measurement, visibility, now, result.Document.Run.StartedAt, result.Document.Machine,
        [.. Board.ValuesOf(result.Document.Workloads)], DocumentStore.Compress(result.Bytes.Span));

    /// <summary>What is told of it.</summary>
    public NewEvent Event => new(EventTypes.ResultSubmitted, Id, "{}") { TraceParent = TraceParent };

    /// <summary>What lists show of it: its value on the first board it is on.</summary>
    public BoardValue Headline => Values[0];
}

/// <summary>Answer of the writer.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Visibility">Who may see the stored result.</param>
internal sealed record Stored(SubmissionFate Fate, Visibility Visibility);
