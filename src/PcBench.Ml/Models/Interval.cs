namespace PcBench.Ml.Models;

/// <summary>
/// The 90 % interval of a metric: split-conformal, grouped. Scores are residuals of machines whose whole CPU family the model had
/// not seen, over how hard such machines are to predict; the interval is as wide as all but the outer ones were.
/// </summary>
/// <param name="Difficulty">Predicts the logarithm of the absolute residual.</param>
/// <param name="Low">Score that 5 % are under, of families whose microarchitecture was seen.</param>
/// <param name="High">Score that 5 % are over.</param>
/// <param name="Strange">How many times wider it is where the microarchitecture was not seen either.</param>
internal sealed record Interval(Forest Difficulty, double Low, double High, double Strange)
{
    /// <summary>No machine is so easy that less than 1 % is to be expected.</summary>
    private const double Least = 0.012;

    /// <summary>What is aimed at: a little over 90 %, for unseen families are fewer than rows and differ more.</summary>
    private const double Coverage = 0.912;

    /// <returns>Usual absolute residual of such a machine, as a logarithm's.</returns>
    public double Scale(ReadOnlySpan<float> features) => ScaleOf(Difficulty, features);

    public static double ScaleOf(Forest difficulty, ReadOnlySpan<float> features) => Math.Clamp(Math.Exp(difficulty.Evaluate(features)), Least, 1);

    /// <summary>What the trees of difficulty learn from.</summary>
    public static double Target(double residual) => Math.Log(Math.Max(Math.Abs(residual), 0.005));

    /// <returns>Scores that (1 - coverage)/2 are under and over.</returns>
    public static (double Low, double High) Ends(IEnumerable<double> scores)
    {
        var sorted = scores.Order().ToArray();
        // The usual correction for a finite sample: of n scores, the (n+1)-th part lies beyond the largest.
        var side = (1 - Coverage) / 2;
        var last = Math.Clamp((int)Math.Ceiling((1 - side) * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        return (Math.Min(sorted[sorted.Length - 1 - last], -0.1), Math.Max(sorted[last], 0.1));
    }

    public void Write(BinaryWriter writer)
    {
        Difficulty.Write(writer);
        writer.Write(Low);
        writer.Write(High);
        writer.Write(Strange);
    }

    public static Interval Read(BinaryReader reader) => new(Forest.Read(reader), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
