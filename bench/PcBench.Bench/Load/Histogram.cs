using System.Diagnostics;
using System.Numerics;

namespace PcBench.Bench.Load;

/// <summary>
/// Counts durations in buckets that are at most 0.8 % wide, from a nanosecond to centuries, so that a percentile of millions
/// of them costs no memory and no sorting. A percentile is the upper end of its bucket: never better than the truth.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 7; // 128 buckets for each power of two
    private readonly long[] counts = new long[(64 - SubBits) << SubBits];
    private long longest;

    public long Count { get; private set; }

    public double MaxMs => Milliseconds(longest);

    /// <summary>Counts a duration in ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long ticks)
    {
        ticks = Math.Max(ticks, 0);
        counts[IndexOf(ticks)]++;
        Count++;
        longest = Math.Max(longest, ticks);
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
        Count += other.Count;
        longest = Math.Max(longest, other.longest);
    }

    /// <summary>The duration that <paramref name="share"/> of all do not exceed, in milliseconds; 0 where there are none.</summary>
    public double PercentileMs(double share)
    {
        var left = Math.Max((long)Math.Ceiling(share * Count), 1);
        for (var i = 0; i < counts.Length; i++)
        {
            left -= counts[i];
            if (left <= 0)
                return Milliseconds(Math.Min(UpperEnd(i), longest));
        }

        return 0;
    }

    private static int IndexOf(long ticks)
    {
        var shift = Math.Max(BitOperations.Log2((ulong)ticks) - SubBits, -1);
        return shift < 0 ? (int)ticks : ((shift + 1) << SubBits) + (int)(ticks >> shift) - (1 << SubBits);
    }

    private static long UpperEnd(int index)
    {
        var shift = (index >> SubBits) - 1;
        return shift < 0 ? index : ((((index & ((1L << SubBits) - 1)) + (1L << SubBits)) + 1) << shift) - 1;
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
