using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>How the parts of honest results stray together: what most of a result says of one part of it.</summary>
/// <param name="Covariance">Of the parts' residuals.</param>
/// <param name="Usual">For each part, half of what 95 % of honest results are not odder than: some benchmarks are much noisier than others.</param>
internal sealed record Relations(double[][] Covariance, double[] Usual)
{
    /// <summary>What a part has of its own at the least, as a variance: no two benchmarks agree to better than 4 %.</summary>
    private const double Own = 0.0016;

    /// <summary>Oddity of a part beside all other suites.</summary>
    public double Odd(double[] levels, int part) => Odd(levels, part, other => Parts.All[other].Suite != Parts.All[part].Suite);

    /// <returns>Residual of a part beyond what the residuals of others make expect, over its spread; NaN where it was not measured or nothing else was.</returns>
    public double Odd(double[] levels, int part, Func<int, bool> counts)
    {
        if (!double.IsFinite(levels[part]))
            return double.NaN;
        var others = Enumerable.Range(0, levels.Length).Where(i => i != part && double.IsFinite(levels[i]) && counts(i)).ToArray();
        if (others.Length == 0)
            return double.NaN;
        var matrix = new double[others.Length, others.Length + 1];
        for (var i = 0; i < others.Length; i++)
        {
            for (var j = 0; j < others.Length; j++)
                matrix[i, j] = Covariance[others[i]][others[j]] + (i == j ? Own : 0);
            matrix[i, others.Length] = Covariance[others[i]][part];
        }

        var weights = Linear.Solve(matrix);
        double expected = 0, explained = 0;
        for (var i = 0; i < others.Length; i++)
        {
            expected += weights[i] * Math.Clamp(levels[others[i]], -2, 2);
            explained += weights[i] * Covariance[others[i]][part];
        }

        return (levels[part] - expected) / Math.Sqrt(Math.Max(Covariance[part][part] + Own - explained, Own));
    }

    public static Relations Of(IReadOnlyList<double[]> levels)
    {
        var width = levels[0].Length;
        var covariance = new double[width][];
        for (var i = 0; i < width; i++)
        {
            covariance[i] = new double[width];
            for (var j = 0; j < width; j++)
            {
                // Clipped, so that a few broken runs do not make everything look usual.
                var both = levels.Where(row => double.IsFinite(row[i]) && double.IsFinite(row[j])).Select(row => Clip(row[i]) * Clip(row[j])).ToList();
                covariance[i][j] = both.Count < 30 ? 0 : both.Average();
            }
        }

        var plain = new Relations(covariance, [.. Enumerable.Repeat(1.0, width)]);
        var usual = Enumerable.Range(0, width).Select(part =>
        {
            var odd = levels.Select(row => Math.Abs(plain.Odd(row, part))).Where(double.IsFinite).Order().ToArray();
            return odd.Length < 30 ? 1 : Math.Max(odd[(int)(odd.Length * 0.95)] / 2, 0.5);
        });
        return new Relations(covariance, [.. usual]);
    }

    private static double Clip(double level) => Math.Clamp(level, -0.5, 0.5);
}
