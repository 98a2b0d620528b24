namespace PcBench.Backend.Features.Submissions;

/// <summary>A result to store, and the numbers of its hardware's names.</summary>
internal sealed record Arrival(NewResult Result, HardwareNumbers Hardware);

/// <summary>Stores submissions: one by one in a transaction, or in bulk, as the store can.</summary>
internal interface ISubmissionStore
{
    /// <summary>Stores all of them in one transaction.</summary>
    /// <returns>When they are durable: what became of each, in order.</returns>
    Task<IReadOnlyList<Stored>> StoreAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancel);
}
