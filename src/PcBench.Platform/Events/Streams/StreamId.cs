using StackExchange.Redis;

namespace PcBench.Platform.Events.Streams;

/// <summary>Where an entry is in a stream.</summary>
/// <param name="Time">Redis's clock in milliseconds.</param>
/// <param name="No">Which one in that millisecond.</param>
internal readonly record struct StreamId(long Time, long No) : IComparable<StreamId>
{
    public static readonly StreamId Zero = new(0, 0);

    public static StreamId Parse(RedisValue id)
    {
        var text = id.ToString();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return new StreamId(long.Parse(text.AsSpan(0, dash), null), long.Parse(text.AsSpan(dash + 1), null));
    }

    public static bool operator <(StreamId left, StreamId right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamId left, StreamId right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;

    public int CompareTo(StreamId other) => Time == other.Time ? No.CompareTo(other.No) : Time.CompareTo(other.Time);

    public override string ToString() => $"{Time}-{No}";
}
