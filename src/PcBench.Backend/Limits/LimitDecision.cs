namespace PcBench.Backend.Limits;

/// <summary>Whether a request passes.</summary>
/// <param name="Limit">Which limit it was counted by.</param>
/// <param name="Permits">How many pass in a minute; 0 where there is no limit.</param>
/// <param name="Remaining">How many more would pass now, as far as this replica knows.</param>
/// <param name="Wait">Where it does not pass: milliseconds until one would.</param>
/// <param name="Reset">Milliseconds until the window ends.</param>
internal readonly record struct LimitDecision(Limit Limit, int Permits, int Remaining, long Wait, long Reset)
{
    /// <summary>Whether it passes.</summary>
    public bool Passes => Wait == 0;

    /// <summary>Whole seconds, at least 1, after which a request would pass if nobody else asks.</summary>
    public long RetryAfterSeconds => Seconds(Wait);

    /// <summary>Whole seconds, at least 1, until the window ends.</summary>
    public long ResetSeconds => Seconds(Reset);

    /// <summary>It passes, for there is no limit.</summary>
    public static LimitDecision Unlimited(Limit limit) => new(limit, 0, 0, 0, 0);

    private static long Seconds(long milliseconds) => Math.Max(1, (milliseconds + 999) / 1000);
}
