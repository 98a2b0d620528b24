namespace PcBench.Backend.Limits;

/// <summary>What this replica knows of one subject under one limit. Times are milliseconds of this process's clock.</summary>
internal sealed class Allowance(Limit limit, int permits, int window)
{
    private readonly Lock gate = new();

    // What passed in this replica, by Redis's word or its own: when Redis goes away in a minute, that minute does not begin again.
    private WindowCount here;
    private int leased;
    private long leaseEnds;
    private int roomElsewhere;
    private long refusedUntil;

    /// <summary>One at a time asks Redis for this subject; the others find what it got.</summary>
    public SemaphoreSlim Asking { get; } = new(1, 1);

    /// <summary>Decides by what Redis said before, where that still says something.</summary>
    public LimitDecision? ByLease(long now)
    {
        lock (gate)
        {
            if (leased > 0 && now < leaseEnds)
            {
                leased--;
                return Passed(now);
            }

            // Others can only make it later, never sooner, so nothing is lost by not asking.
            return now < refusedUntil ? Refused(refusedUntil - now, leaseEnds - now) : null;
        }
    }

    /// <summary>Takes what Redis said, and decides by it.</summary>
    /// <param name="answer">What it said.</param>
    /// <param name="asked">When it was asked: its window ends no sooner than so much later, and so the lease ends in time.</param>
    /// <param name="now">When the answer came.</param>
    public LimitDecision ByAnswer(SharedAnswer answer, long asked, long now)
    {
        lock (gate)
        {
            leaseEnds = asked + answer.Left;
            roomElsewhere = answer.Room;
            leased = Math.Max(0, answer.Granted - 1);
            if (answer.Granted > 0)
                return Passed(now);
            refusedUntil = now + answer.Wait;
            return Refused(answer.Wait, answer.Left);
        }
    }

    /// <summary>Decides without Redis.</summary>
    public LimitDecision ByOwnCount(long now)
    {
        lock (gate)
        {
            var (room, left) = here.RoomAt(now, permits, window);
            if (room < 1)
                return Refused(here.WaitFor(permits, window, left), left);
            here.Add(now, window);
            return new LimitDecision(limit, permits, room - 1, 0, left);
        }
    }

    private LimitDecision Passed(long now)
    {
        here.Add(now, window);
        return new LimitDecision(limit, permits, roomElsewhere + leased, 0, leaseEnds - now);
    }

    private LimitDecision Refused(long wait, long reset) => new(limit, permits, 0, Math.Max(1, wait), reset);
}
