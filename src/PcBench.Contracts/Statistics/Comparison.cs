using System.Text.Json.Serialization;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Statistics;

/// <summary>What may be said of two sets of samples.</summary>
[JsonConverter(typeof(CamelCase<Verdict>))]
public enum Verdict
{
    /// <summary>The interval of the ratio holds 1, or they differ by less than 1 %: no difference is claimed.</summary>
    NotDistinguishable,

    /// <summary>The second is the better one.</summary>
    Better,

    /// <summary>The second is the worse one.</summary>
    Worse,
}

/// <summary>How much better the second machine is than the first, with its interval.</summary>
/// <param name="Ratio">Over 1 where the second is better, whatever the direction of the unit: 1.25 is "25 % faster".</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">Confidence of the interval: 0.95, or less where a side has under 6 samples.</param>
/// <param name="Verdict">What may be said.</param>
public sealed record Comparison(double Ratio, double Low, double High, double Confidence, Verdict Verdict)
{
    /// <summary>Differences under this are not called, however narrow the interval: two runs of one machine differ by as much.</summary>
    public const double SmallestDifference = 0.01;

    /// <summary>
    /// Ratio of the medians. The interval joins the two medians' own intervals on the scale of logarithms by the method
    /// of variance estimates recovery (G. Y. Zou, A. Donner, Statistics in Medicine 27, 2008), which needs no shape of
    /// the noise and lets each side have a noise of its own.
    /// </summary>
    /// <param name="first">Samples of the machine that is compared with.</param>
    /// <param name="second">Samples of the machine that is compared.</param>
    /// <param name="better">Which direction is better.</param>
    public static Comparison Of(IReadOnlyList<double> first, IReadOnlyList<double> second, Better better)
    {
        var (a, b) = (Log(SampleStatistics.MedianOf(first)), Log(SampleStatistics.MedianOf(second)));
        var difference = b.Median - a.Median;
        var width = JoinedWidth(Math.Min(first.Count, second.Count));
        var low = difference - width * Hypotenuse(b.Median - b.Low, a.High - a.Median);
        var high = difference + width * Hypotenuse(b.High - b.Median, a.Median - a.Low);
        if (better == Better.Lower)
            (difference, low, high) = (-difference, -high, -low);
        var ratio = Math.Exp(difference);
        var verdict = (low, high) switch
        {
            _ when Math.Abs(ratio - 1) < SmallestDifference => Verdict.NotDistinguishable,
            ( > 0, _) => Verdict.Better,
            (_, < 0) => Verdict.Worse,
            _ => Verdict.NotDistinguishable,
        };
        return new Comparison(ratio, Math.Exp(low), Math.Exp(high), Math.Min(a.Confidence, b.Confidence), verdict);
    }

    /// <summary>
    /// Each median's interval allows for chance in its own width as well, and such chance partly cancels when two are joined: unscaled, 97 % of
    /// intervals would hold the truth instead of 95 %. The factor was found by simulation of normal, exponential and bimodal noise, with
    /// 5 to 120 samples; <c>CoverageTests</c> holds it on other shapes.
    /// </summary>
    private static double JoinedWidth(int samples) => samples switch
    {
        < 5 => 1,
        < 7 => 0.88,
        _ => Math.Max(0.91, 1 - 0.55 / Math.Sqrt(samples)),
    };

    private static MedianInterval Log(MedianInterval x) =>
        new(Math.Log(x.Median), Math.Log(x.Low), Math.Log(x.High), x.Confidence);

    private static double Hypotenuse(double x, double y) => Math.Sqrt(x * x + y * y);
}
