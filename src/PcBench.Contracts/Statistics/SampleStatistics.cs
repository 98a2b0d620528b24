using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Statistics;

/// <summary>A median and the interval that holds the true median with the stated confidence.</summary>
/// <param name="Median">Median of the samples.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">0.95, or less where there are too few samples to promise that: then the whole range.</param>
public readonly record struct MedianInterval(double Median, double Low, double High, double Confidence);

/// <summary>The figure that stands for a workload.</summary>
/// <param name="Value">In the workload's unit.</param>
/// <param name="Agreed">Whether samples enough agree on it; if not, it is only the best that was seen.</param>
public readonly record struct Figure(double Value, bool Agreed);

/// <summary>The statistics of PcBench: pure functions of the samples, the same in the command line, the API and the page.</summary>
public static class SampleStatistics
{
    /// <summary>How many of the best samples must agree.</summary>
    public const int AgreeingSamples = 3;

    /// <summary>How near they must be, as a share of the best of them.</summary>
    public const double AgreementTolerance = 0.01;

    // More than one passed over, and agreement would be found by chance among the slow samples of a busy machine.
    private const int MaxGlitches = 1;

    private const double Confidence = 0.95;

    /// <summary>
    /// The agreed best: the mean of the best three samples that lie within 1 % of each other. One lone sample that is
    /// better than all others by more than that is a glitch of the clock and is passed over.
    /// </summary>
    /// <remarks>
    /// Noise on a PC is one-sided: a sample is slowed and never sped up, so the best samples say what the machine can do.
    /// Where no three agree, the mean of the three best stands, and <see cref="Figure.Agreed"/> is false.
    /// </remarks>
    /// <param name="samples">At least one finite number over 0.</param>
    /// <param name="better">Which direction is better.</param>
    public static Figure AgreedBest(IReadOnlyList<double> samples, Better better)
    {
        var best = Best(samples, better, stackalloc double[AgreeingSamples + MaxGlitches]);
        for (var i = 0; i <= MaxGlitches && i + AgreeingSamples <= best.Length; i++)
        {
            if (Math.Abs(best[i] - best[i + AgreeingSamples - 1]) <= AgreementTolerance * best[i])
                return new Figure(best.Slice(i, AgreeingSamples).Mean(), Agreed: true);
        }

        return new Figure(best[..Math.Min(AgreeingSamples, best.Length)].Mean(), Agreed: false);
    }

    /// <summary>The figure that stands for the samples of <paramref name="workload"/>.</summary>
    public static Figure FigureOf(Workload workload, IReadOnlyList<double> samples) => workload.Figure switch
    {
        FigureRule.AgreedBest => AgreedBest(samples, workload.Better),
        _ => MedianOf(samples) is var median && median.Confidence >= Confidence && (median.High - median.Low) <= 0.2 * median.Median
            ? new Figure(median.Median, Agreed: true)
            : new Figure(median.Median, Agreed: false),
    };

    /// <summary>
    /// Median with its 95 % confidence interval from order statistics, interpolated to the level
    /// (T. P. Hettmansperger, S. J. Sheather, "Confidence intervals based on interpolated order statistics",
    /// Statistics &amp; Probability Letters 4, 1986). It assumes no shape of the noise.
    /// </summary>
    /// <remarks>
    /// Under 6 samples no such interval reaches 95 %: the whole range is given with the confidence it does have,
    /// 1 - 2^(1-n).
    /// </remarks>
    /// <param name="samples">At least one finite number.</param>
    public static MedianInterval MedianOf(IReadOnlyList<double> samples)
    {
        var x = Sorted(samples);
        var n = x.Length;
        var median = Quantile(x, 0.5);
        var widest = 1 - 2 * Math.Pow(0.5, n);
        if (widest < Confidence)
            return new MedianInterval(median, x[0], x[^1], widest);

        // coverage(d) = P(x[d-1] <= median <= x[n-d]) = 1 - 2 P(Binomial(n, 1/2) <= d - 1). The probabilities follow one
        // from the other, as logarithms: 2^-n is no double for the counts that a CPU model's page has.
        var depth = 1;
        var coverage = widest;
        var logProbability = -n * Math.Log(2);
        double next;
        while (true)
        {
            logProbability += Math.Log((double)(n - depth + 1) / depth);
            next = coverage - 2 * Math.Exp(logProbability);
            if (next < Confidence)
                break;
            coverage = next;
            depth++;
        }

        var share = (coverage - Confidence) / (coverage - next);
        var lambda = (n - depth) * share / (depth + (n - 2 * depth) * share);
        var low = (1 - lambda) * x[depth - 1] + lambda * x[depth];
        var high = (1 - lambda) * x[n - depth] + lambda * x[n - depth - 1];
        return new MedianInterval(median, low, high, Confidence);
    }

    /// <summary>Median alone.</summary>
    /// <param name="samples">At least one finite number.</param>
    public static double Median(IReadOnlyList<double> samples) => Quantile(Sorted(samples), 0.5);

    /// <summary>Coefficient of variation: sample standard deviation ÷ mean. 0 for a single sample.</summary>
    public static double CoefficientOfVariation(IReadOnlyList<double> samples)
    {
        if (samples.Count < 2)
            return 0;
        var mean = samples.Average();
        var sum = samples.Sum(x => (x - mean) * (x - mean));
        return Math.Sqrt(sum / (samples.Count - 1)) / mean;
    }

    /// <summary>Quantile with linear interpolation (R's type 7) of ascending numbers.</summary>
    /// <param name="ascending">At least one number, ascending.</param>
    /// <param name="p">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> ascending, double p)
    {
        var position = p * (ascending.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }

    /// <summary>The best samples, the best one first: as many as there is room for.</summary>
    private static Span<double> Best(IReadOnlyList<double> samples, Better better, Span<double> room)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        var count = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var sample = samples[i];
            var at = count;
            while (at > 0 && (better == Better.Higher ? sample > room[at - 1] : sample < room[at - 1]))
                at--;
            if (at == room.Length)
                continue;
            count = Math.Min(count + 1, room.Length);
            room[at..(count - 1)].CopyTo(room[(at + 1)..]);
            room[at] = sample;
        }

        return room[..count];
    }

    private static double[] Sorted(IReadOnlyList<double> samples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        double[] sorted = [.. samples];
        Array.Sort(sorted);
        return sorted;
    }

    private static double Mean(this Span<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
