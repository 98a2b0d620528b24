using System.Collections.Concurrent;

namespace PcBench.Backend.Limits;

/// <summary>
/// The allowances of this replica, of at most so many subjects. They live in two generations: whoever asks is in the newer one,
/// and the older one, which nobody asked for since the newer began, is dropped when that is half full or two windows old.
/// </summary>
internal sealed class Allowances(int capacity, int window)
{
    private readonly Lock turning = new();
    private volatile Generation newer = new(0);
    private Generation older = new(0);

    /// <summary>How many are held.</summary>
    public int Count => newer.Held.Count + older.Held.Count;

    /// <summary>A subject's allowance, a new one where it is not known or no longer.</summary>
    public Allowance Of(Limit limit, LimitSubject subject, int permits, long now)
    {
        var key = (limit, subject);
        return newer.Held.TryGetValue(key, out var known) ? known : Found(key, permits, now);
    }

    private Allowance Found((Limit Limit, LimitSubject Subject) key, int permits, long now)
    {
        lock (turning)
        {
            if (newer.Held.TryGetValue(key, out var known))
                return known;
            if (newer.Held.Count >= capacity / 2 || now - newer.Began > 2 * window)
                (older, newer) = (newer, new Generation(now));
            if (!older.Held.TryRemove(key, out var allowance))
                allowance = new Allowance(key.Limit, permits, window);
            newer.Held[key] = allowance;
            return allowance;
        }
    }

    private sealed record Generation(long Began)
    {
        public ConcurrentDictionary<(Limit, LimitSubject), Allowance> Held { get; } = [];
    }
}
