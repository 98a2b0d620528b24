using System.Diagnostics;

namespace PcBench.Cli.Measure;

/// <summary>What the clock itself takes, measured once: a sample's time holds one reading of it, which is subtracted.</summary>
internal static class SampleTimer
{
    private const int Readings = 20_000;

    /// <summary>Time of one reading, in seconds: the least of some averages.</summary>
    public static double Overhead { get; } = MeasureOverhead();

    /// <summary>The smallest step that was seen, in seconds.</summary>
    public static double Resolution { get; } = MeasureResolution();

    /// <summary>Seconds between two stamps, without the reading of the second.</summary>
    public static double Between(long start, long end) =>
        Math.Max((end - start) / (double)Stopwatch.Frequency - Overhead, Resolution);

    private static double MeasureOverhead()
    {
        var least = double.MaxValue;
        for (var series = 0; series < 10; series++)
        {
            var start = Stopwatch.GetTimestamp();
            var end = start;
            for (var i = 0; i < Readings; i++)
                end = Stopwatch.GetTimestamp();
            least = Math.Min(least, (end - start) / (double)Stopwatch.Frequency / Readings);
        }

        return least;
    }

    private static double MeasureResolution()
    {
        var least = long.MaxValue;
        var last = Stopwatch.GetTimestamp();
        for (var i = 0; i < Readings; i++)
        {
            var now = Stopwatch.GetTimestamp();
            if (now > last)
                least = Math.Min(least, now - last);
            last = now;
        }

        return least / (double)Stopwatch.Frequency;
    }
}
