using System.Data.Common;
using StackExchange.Redis;

namespace PcBench.Platform.Events;

/// <summary>Tells the other side's absence from an event that cannot be handled.</summary>
internal static class Outage
{
    /// <summary>
    /// Whether the other side is away. A time-out or a connection that broke is not taken for it: one event that makes the
    /// other side hang or fall would hold up all the others for ever.
    /// </summary>
    public static bool Is(Exception error) => error switch
    {
        OutageException or RedisConnectionException or RedisTimeoutException => true,
        DbException { IsTransient: true } => true,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        _ => false,
    };

    /// <summary>How long after the n-th failure in a row it is tried again: 100 ms, doubling, at most 5 s.</summary>
    public static TimeSpan DelayAfter(int failures) => TimeSpan.FromMilliseconds(Math.Min(5_000, 100 * Math.Pow(2, failures - 1)));
}
