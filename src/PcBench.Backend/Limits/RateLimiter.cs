using Microsoft.Extensions.Options;
using PcBench.Backend.Telemetry;

namespace PcBench.Backend.Limits;

/// <summary>
/// Counts what one asker does in a minute, over all replicas where there is Redis, in this one where there is none or it is away.
/// Of a high limit a replica takes a hundredth at a time, which it may use up to the end of Redis's window: most requests then ask
/// nobody, and all replicas together still never let more pass than the limit.
/// </summary>
internal sealed class RateLimiter(IOptions<LimitOptions> options, SharedCounts shared, BackendMetrics metrics, TimeProvider time)
{
    private const int Window = 60_000;
    private const int Capacity = 100_000;

    private readonly Allowances allowances = new(Capacity, Window);

    /// <summary>Counts a submission whose signature by this key was verified: without that, anybody could use up another's.</summary>
    /// <remarks>
    /// Ask for documents alone that are not there yet. A public document can be fetched and sent again by anybody, with a signature
    /// that holds, and must not count against the one who made it.
    /// </remarks>
    public ValueTask<LimitDecision> SubmissionByKeyAsync(ReadOnlySpan<byte> publicKey, CancellationToken cancel) =>
        IsLimited(Limit.SubmissionsPerKey)
            ? AskAsync(Limit.SubmissionsPerKey, LimitSubject.Of(publicKey), cancel)
            : ValueTask.FromResult(LimitDecision.Unlimited(Limit.SubmissionsPerKey));

    /// <summary>Whether there is such a limit.</summary>
    public bool IsLimited(Limit limit) => options.Value.PerMinute(limit) > 0;

    /// <summary>Counts a request, and says whether it passes.</summary>
    public async ValueTask<LimitDecision> AskAsync(Limit limit, LimitSubject subject, CancellationToken cancel)
    {
        var decision = await DecideAsync(limit, subject, cancel);
        if (!decision.Passes)
            metrics.RateLimited(limit.ToString());
        return decision;
    }

    private ValueTask<LimitDecision> DecideAsync(Limit limit, LimitSubject subject, CancellationToken cancel)
    {
        var permits = options.Value.PerMinute(limit);
        if (permits == 0)
            return ValueTask.FromResult(LimitDecision.Unlimited(limit));
        var now = Now();
        var allowance = allowances.Of(limit, subject, permits, now);
        if (allowance.ByLease(now) is { } known)
            return ValueTask.FromResult(known);
        return shared.MayAsk()
            ? new ValueTask<LimitDecision>(AskSharedAsync(allowance, limit, subject, permits, cancel))
            : ValueTask.FromResult(allowance.ByOwnCount(now));
    }

    private async Task<LimitDecision> AskSharedAsync(Allowance allowance, Limit limit, LimitSubject subject, int permits, CancellationToken cancel)
    {
        await allowance.Asking.WaitAsync(cancel);
        try
        {
            var asked = Now();
            if (allowance.ByLease(asked) is { } known)
                return known;
            var answer = shared.MayAsk() ? await shared.AskAsync(limit, subject, permits, Window, Math.Max(1, permits / 100)) : null;
            return answer is { } said ? allowance.ByAnswer(said, asked, Now()) : allowance.ByOwnCount(Now());
        }
        finally
        {
            allowance.Asking.Release();
        }
    }

    private long Now() => time.GetTimestamp() / (time.TimestampFrequency / 1_000);
}
