namespace PcBench.Ml.Models;

/// <summary>
/// A smooth curve over the physics of memory alone: a line for what can be read, and a kernel regression on what it leaves. Trees learn what
/// single families have of their own, which says little of the next one; this knows no family, only how many cores ask, and what is
/// the narrowest way for them. Rows that are off by more than usual count less, so that it goes through the middle of them.
/// </summary>
internal sealed class Smooth
{
    private const double Ridge = 0.01;
    private const double Clip = 0.9;

    /// <summary>An error, as a logarithm's, from which on a row counts the less, the more it is off.</summary>
    private const double Usual = 0.05;

    private const int Looks = 4;

    /// <summary>Machines that the kernel is spanned by: more are not better.</summary>
    private const int Centres = 150;

    /// <summary>Weight of smoothness beside rows of weight 1.</summary>
    private const double Smoothness = 3;

    /// <summary>Beyond so many standard deviations a machine is as strange as it gets.</summary>
    private const double Farthest = 3;

    private const int LineInputs = 4, KernelInputs = 9;

    private readonly FeatureIndex index;
    private readonly Linear line;
    private readonly double[] means, scales, centres, heights;

    private Smooth(FeatureIndex index, Linear line, double[] means, double[] scales, double[] centres, double[] heights) =>
        (this.index, this.line, this.means, this.scales, this.centres, this.heights) = (index, line, means, scales, centres, heights);

    public double Evaluate(float[] features)
    {
        Span<double> place = stackalloc double[KernelInputs], onLine = stackalloc double[LineInputs];
        PlaceOf(features, place);
        Line(index, features, onLine);
        var sum = line.Evaluate(onLine);
        for (var i = 0; i < heights.Length; i++)
            sum += heights[i] * Nearness(place, centres.AsSpan(i * place.Length, place.Length));
        return sum;
    }

    public static Smooth Fit(FeatureIndex index, IReadOnlyList<float[]> rows, IReadOnlyList<double> logs, IReadOnlyList<double> weights, int seed)
    {
        var inputs = rows.Select(row =>
        {
            var input = new double[LineInputs];
            Line(index, row, input);
            return input;
        }).ToArray();
        var line = Linear.Fit(inputs, logs, weights, Ridge);
        double[] left = [.. inputs.Select((input, i) => Math.Clamp(logs[i] - line.Evaluate(input), -Clip, Clip))];
        var (means, scales) = Spread(index, rows, weights);
        var smooth = new Smooth(index, line, means, scales, [], []);
        var places = rows.Select(row =>
        {
            var place = new double[KernelInputs];
            smooth.PlaceOf(row, place);
            return place;
        }).ToArray();
        var order = places.DistinctBy(place => string.Join(' ', place.Select(value => Math.Round(value, 1)))).ToArray();
        new Random(seed).Shuffle(order);
        var centres = order.Take(Centres).ToArray();
        var near = places.Select(place => Array.ConvertAll(centres, centre => Nearness(place, centre))).ToArray();
        var apart = Array.ConvertAll(centres, one => Array.ConvertAll(centres, other => Nearness(one, other)));
        double[] heights = [], counted = [.. weights];
        for (var look = 0; look < Looks; look++)
        {
            heights = Solve(near, apart, left, counted);
            counted = [.. weights.Select((weight, i) => weight * Math.Min(1, Usual / Math.Max(Math.Abs(left[i] - Sum(heights, near[i])), 1e-9)))];
        }

        return new Smooth(index, line, means, scales, [.. centres.SelectMany(centre => centre)], heights);
    }

    private static (double[] Means, double[] Scales) Spread(FeatureIndex index, IReadOnlyList<float[]> rows, IReadOnlyList<double> weights)
    {
        var kernels = rows.Select(row =>
        {
            var inputs = new double[KernelInputs];
            Kernel(index, row, inputs);
            return inputs;
        }).ToArray();
        var (means, scales) = (new double[KernelInputs], new double[KernelInputs]);
        for (var j = 0; j < KernelInputs; j++)
        {
            var known = kernels.Select((inputs, i) => (Value: inputs[j], Weight: weights[i])).Where(one => !double.IsNaN(one.Value)).ToArray();
            var total = known.Sum(one => one.Weight) + 1e-9;
            means[j] = known.Sum(one => one.Weight * one.Value) / total;
            scales[j] = Math.Max(1e-3, Math.Sqrt(known.Sum(one => one.Weight * Math.Pow(one.Value - means[j], 2)) / total));
        }

        return (means, scales);
    }

    private static void Line(FeatureIndex index, float[] features, Span<double> inputs)
    {
        inputs[0] = Known(index, features, "readable");
        inputs[1] = Known(index, features, "threads-per-core");
        inputs[2] = By(index, features, "readable-modules");
        inputs[3] = Known(index, features, "year");
    }

    private static void Kernel(FeatureIndex index, float[] features, Span<double> inputs)
    {
        inputs[0] = Known(index, features, "cores");
        inputs[1] = inputs[0] - Known(index, features, "numa");
        inputs[2] = By(index, features, "readable-cores");
        inputs[3] = By(index, features, "readable-links");
        inputs[4] = By(index, features, "readable-modules");
        inputs[5] = Known(index, features, "threads-per-core");
        inputs[6] = Known(index, features, "share");
        inputs[7] = Known(index, features, "shared");
        inputs[8] = Known(index, features, "masked-name");
    }

    private static double Known(FeatureIndex index, float[] features, string name) =>
        features[index.Of(name)] is var value && value <= FeatureWriter.Unknown ? double.NaN : value;

    /// <summary>How much one of the three ways narrows what is readable: 0 not at all, 1 alone. They make 1 together.</summary>
    private static double By(FeatureIndex index, float[] features, string wider) => Math.Exp(-3 * Known(index, features, wider));

    private void PlaceOf(float[] features, Span<double> place)
    {
        Kernel(index, features, place);
        for (var j = 0; j < place.Length; j++)
            place[j] = double.IsNaN(place[j]) ? 0 : Math.Clamp((place[j] - means[j]) / scales[j], -Farthest, Farthest);
    }

    private static double Nearness(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var j = 0; j < one.Length; j++)
            sum += (one[j] - other[j]) * (one[j] - other[j]);
        return Math.Exp(-sum / (2 * one.Length));
    }

    private static double Sum(double[] heights, double[] near)
    {
        var sum = 0.0;
        for (var i = 0; i < heights.Length; i++)
            sum += heights[i] * near[i];
        return sum;
    }

    /// <summary>Ridge regression in the span of the centres.</summary>
    private static double[] Solve(double[][] near, double[][] apart, double[] labels, double[] weights)
    {
        var size = apart.Length;
        var matrix = new double[size, size + 1];
        for (var i = 0; i < near.Length; i++)
        {
            for (var a = 0; a < size; a++)
            {
                var weighted = weights[i] * near[i][a];
                if (weighted < 1e-6)
                    continue;
                for (var b = 0; b <= a; b++)
                    matrix[a, b] += weighted * near[i][b];
                matrix[a, size] += weighted * labels[i];
            }
        }

        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b <= a; b++)
                matrix[b, a] = matrix[a, b] += Smoothness * (apart[a][b] + (a == b ? 1e-6 : 0));
        }

        return Linear.Solve(matrix);
    }

    public void Write(BinaryWriter writer)
    {
        line.Write(writer);
        foreach (var many in new[] { means, scales, centres, heights })
            writer.Many(many, (w, value) => w.Write(value));
    }

    public static Smooth Read(FeatureIndex index, BinaryReader reader)
    {
        var line = Linear.Read(reader);
        double[] Many() => reader.Many(r => r.ReadDouble());
        var smooth = new Smooth(index, line, Many(), Many(), Many(), Many());
        return smooth.means.Length == KernelInputs && smooth.scales.Length == KernelInputs && smooth.centres.Length == smooth.heights.Length * KernelInputs
            ? smooth : throw new InvalidDataException("The model file is damaged.");
    }
}
