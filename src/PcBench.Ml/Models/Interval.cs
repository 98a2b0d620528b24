namespace PcBench.Ml.Models;

/// <summary>
/// The 90 % interval of a metric: split-conformal, locally scaled. Scores are residuals of machines whose whole CPU family the model
/// had not seen, over how hard such machines are to predict and how far from what was seen they are; the interval is as wide as all but
/// the outer ones were. A family counts by the root of its rows, for the next one may be like a small one.
/// </summary>
/// <param name="Difficulty">Predicts the absolute residual: its mean, so that machines of which a few are far off count as hard.</param>
/// <param name="Low">Score that 5 % are under.</param>
/// <param name="High">Score that 5 % are over.</param>
internal sealed record Interval(Forest Difficulty, double Low, double High)
{
    /// <summary>No machine is so easy that less than 1 % is to be expected.</summary>
    private const double Least = 0.012;

    /// <returns>Mean absolute residual of such machines, as a logarithm's.</returns>
    public double Scale(float[] features) => ScaleOf(Difficulty, features);

    public static double ScaleOf(Forest difficulty, float[] features) => Math.Clamp(difficulty.Evaluate(features), Least, 1);

    /// <summary>
    /// How many times wider it is where fewer families with the same cores were seen, and where others share the processor: how much they take is not to be
    /// seen. Of a few values these left the fewest slices of held-out servers under 80 %: docs/ml.md.
    /// </summary>
    /// <param name="relatives">Families of the same microarchitecture among the training data.</param>
    /// <param name="isShared">Whether the machine is known to share its processor.</param>
    public static double Distance(int relatives, bool isShared) => relatives switch { 0 => 1.7, <= 2 => 1.2, _ => 1 } * (isShared ? 1.5 : 1);

    /// <param name="scores">Scores of machines whose family was not seen, and how much each counts.</param>
    /// <param name="coverage">Share of all weight that is to lie between the ends.</param>
    /// <returns>Scores that (1 - coverage)/2 of all weight is under and over.</returns>
    public static (double Low, double High) Ends(IEnumerable<(double Score, double Weight)> scores, double coverage)
    {
        var sorted = scores.OrderBy(one => one.Score).ToArray();
        var side = (1 - coverage) / 2 * sorted.Sum(one => one.Weight);
        return (Math.Min(At(sorted), -0.1), Math.Max(At(sorted.Reverse()), 0.1));

        double At(IEnumerable<(double Score, double Weight)> fromEnd)
        {
            var sum = 0.0;
            return fromEnd.First(one => (sum += one.Weight) >= side).Score;
        }
    }

    public void Write(BinaryWriter writer)
    {
        Difficulty.Write(writer);
        writer.Write(Low);
        writer.Write(High);
    }

    public static Interval Read(BinaryReader reader) => new(Forest.Read(reader), reader.ReadDouble(), reader.ReadDouble());
}
