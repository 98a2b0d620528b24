namespace PcBench.Backend.Limits;

/// <summary>
/// A sliding window counter: of two fixed windows, the one before counts by the share of it that the sliding window still covers.
/// With <c>left</c> of <c>window</c> milliseconds of the present one to come, a request passes where
/// <c>previous × left / window + current + 1 ≤ limit</c>.
/// </summary>
/// <remarks>
/// The method, and how near it is to an exact log of times, are in "How we built rate limiting capable of scaling to millions of
/// domains" (Cloudflare, 2017). In one fixed window never more than the limit pass. Here and in the script of
/// <see cref="SharedCounts"/> it is computed in whole numbers, multiplied by the window, so that both say the same.
/// Not safe for several threads.
/// </remarks>
internal struct WindowCount
{
    private long number;
    private long current;
    private long previous;

    /// <summary>How many would pass now, and how long the window still lasts.</summary>
    public (int Room, long Left) RoomAt(long now, int limit, int window)
    {
        Slide(now / window);
        var left = Math.Min(window, (number + 1) * window - now);
        var room = ((long)limit * window - previous * left) / window - current;
        return ((int)Math.Max(0, room), left);
    }

    /// <summary>Counts a request that passed, whoever let it pass.</summary>
    public void Add(long now, int window)
    {
        Slide(now / window);
        current++;
    }

    /// <summary>Where there is no room: how long until there is room for one, if nobody else asks.</summary>
    public readonly long WaitFor(int limit, int window, long left) => current < limit
        ? left - (limit - 1 - current) * window / previous
        : left + window - (limit - 1L) * window / current;

    // A thread that read the clock before another, and comes after it, does not turn the window back.
    private void Slide(long to)
    {
        if (to <= number)
            return;
        previous = to == number + 1 ? current : 0;
        current = 0;
        number = to;
    }
}
