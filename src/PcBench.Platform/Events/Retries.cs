namespace PcBench.Platform.Events;

/// <summary>How often and when an event that could not be handled is tried again.</summary>
internal static class Retries
{
    /// <summary>After so many failures, the last of them an hour after the first, a delivery is dead and waits for a person.</summary>
    public const int MaxAttempts = 70;

    /// <summary>The longest pause between two attempts.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>How long after its n-th attempt a delivery is tried again: 100 ms, doubling, at most a minute.</summary>
    public static TimeSpan DelayAfter(int attempts) => TimeSpan.FromMilliseconds(Math.Min(LongestDelay.TotalMilliseconds, 100 * Math.Pow(2, attempts - 1)));

    /// <summary>What is kept of an exception.</summary>
    public static string CauseOf(Exception error) => $"{error.GetType().Name}: {error.Message}";
}
