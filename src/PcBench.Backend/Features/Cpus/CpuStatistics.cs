using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;

namespace PcBench.Backend.Features.Cpus;

/// <summary>Statistics of many results of one CPU model: pure functions of their values.</summary>
internal static class CpuStatistics
{
    /// <summary>Under so many results a distribution is not shown: each of its steps would be one person's machine.</summary>
    private const int MinForDistribution = 5;

    private const int MaxSteps = 30;

    /// <summary>From here on the binomial distribution of the ranks is a normal one to less than a rank.</summary>
    private const int Many = 200;

    private const double NormalQuantile975 = 1.959964;

    /// <param name="board">The board.</param>
    /// <param name="ascending">At least one value, ascending.</param>
    public static CpuBoard Of(Board board, ReadOnlySpan<double> ascending)
    {
        var outside = (int)OutsideInterval(ascending.Length);
        var median = MedianOf(ascending[outside..^outside], ascending.Length);
        var enough = ascending.Length >= MinForDistribution;
        return new CpuBoard(
            board.Name, board.Unit, board.Better, ascending.Length, median.Median, median.Low, median.High, median.Confidence,
            enough ? PercentilesOf(ascending) : null, enough ? HistogramOf(ascending) : null);
    }

    /// <summary>How many of a model's values lie under the median's interval, and as many above it; 0 where all of them are needed to say.</summary>
    public static long OutsideInterval(long count) =>
        count <= Many ? 0 : (long)Math.Floor(count / 2.0 - NormalQuantile975 * Math.Sqrt(count) / 2);

    /// <summary>The median with its interval.</summary>
    /// <param name="inside">At least one value, ascending: all without <see cref="OutsideInterval"/> at either end.</param>
    /// <param name="count">Number of all values.</param>
    public static MedianInterval MedianOf(ReadOnlySpan<double> inside, long count) => count <= Many
        ? SampleStatistics.MedianOf(inside.ToArray())
        : new MedianInterval(SampleStatistics.Quantile(inside, 0.5), inside[0], inside[^1], 0.95);

    private static Percentiles PercentilesOf(ReadOnlySpan<double> ascending) => new(
        SampleStatistics.Quantile(ascending, 0.05), SampleStatistics.Quantile(ascending, 0.25),
        SampleStatistics.Quantile(ascending, 0.75), SampleStatistics.Quantile(ascending, 0.95));

    private static Histogram HistogramOf(ReadOnlySpan<double> ascending)
    {
        var (from, to) = (ascending[0], ascending[^1]);
        if (to <= from)
            return new Histogram(from, Math.Abs(from) * 0.01, [ascending.Length]);
        var counts = new int[Math.Clamp((int)Math.Ceiling(Math.Sqrt(ascending.Length)), MinForDistribution, MaxSteps)];
        var width = (to - from) / counts.Length;
        foreach (var value in ascending)
            counts[Math.Min((int)((value - from) / width), counts.Length - 1)]++;
        return new Histogram(from, width, counts);
    }
}
