namespace PcBench.Ml.Models;

/// <summary>Predicts the logarithm of one figure: a linear floor and trees on what it leaves, beside a smooth curve where there is one.</summary>
internal sealed class Regressor(string metric, FeatureIndex index, Linear floor, Forest trees, (double Share, Smooth Curve)? smooth = null)
{
    /// <summary>Shrinks a slope by a hundredth of all weight.</summary>
    private const double Ridge = 0.01;

    /// <summary>Beyond this a residual says "another kind of machine", and how far beyond does not matter: no single row may bend the trees.</summary>
    private const double Clip = 0.45;

    private readonly string[] columns = Floor.ColumnsOf(metric);

    public double Evaluate(float[] features) => Smoothed(features, FloorOf(features) + trees.Evaluate(features));

    /// <summary>Several machines that are much alike, which costs little more than one.</summary>
    /// <param name="machines">Features of each.</param>
    /// <param name="logs">Takes what is predicted for each.</param>
    public void Evaluate(ReadOnlySpan<float[]> machines, Span<double> logs)
    {
        trees.Evaluate(machines, logs);
        for (var i = 0; i < machines.Length; i++)
            logs[i] = Smoothed(machines[i], FloorOf(machines[i]) + logs[i]);
    }

    private double Smoothed(float[] features, double log) => smooth is { } beside ? (beside.Share * beside.Curve.Evaluate(features)) + ((1 - beside.Share) * log) : log;

    private double FloorOf(float[] features) => floor.Evaluate(Floor.Inputs(columns, index, features));

    public static Regressor Fit(string metric, FeatureIndex index, IReadOnlyList<float[]> rows, IReadOnlyList<double> logs, IReadOnlyList<double> weights, Growth growth, int seed)
    {
        var columns = Floor.ColumnsOf(metric);
        var inputs = rows.Select(row => Floor.Inputs(columns, index, row)).ToList();
        var floor = Linear.Fit(inputs, logs, weights, Ridge);
        double[] residuals = [.. inputs.Select((input, i) => Math.Clamp(logs[i] - floor.Evaluate(input), -2 * Clip, 2 * Clip))];
        var trees = Boosting.Regression(rows, residuals, growth.Strange > 0 ? Doubted(rows, residuals, weights, growth, seed) : weights, growth, seed);
        return new Regressor(metric, index, floor, trees, growth.Smooth > 0 ? (growth.Smooth, Smooth.Fit(index, rows, logs, weights, seed)) : null);
    }

    /// <summary>Weights that count a row less which is off by much where trees have seen it: what is odd about it is no other machine's.</summary>
    private static double[] Doubted(IReadOnlyList<float[]> rows, double[] residuals, IReadOnlyList<double> weights, Growth growth, int seed)
    {
        var first = Boosting.Regression(rows, residuals, weights, growth.First, seed);
        return [.. weights.Select((weight, i) => weight * Math.Min(1, growth.Strange / Math.Max(Math.Abs(residuals[i] - first.Evaluate(rows[i])), 1e-9)))];
    }

    public void Write(BinaryWriter writer)
    {
        floor.Write(writer);
        trees.Write(writer);
        writer.Write(smooth?.Share ?? 0);
        smooth?.Curve.Write(writer);
    }

    public static Regressor Read(string metric, FeatureIndex index, BinaryReader reader)
    {
        var (floor, trees, share) = (Linear.Read(reader), Forest.Read(reader), reader.ReadDouble());
        return new Regressor(metric, index, floor, trees, share > 0 ? (share, Smooth.Read(index, reader)) : null);
    }
}
