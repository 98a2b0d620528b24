namespace PcBench.Ml.Models;

/// <summary>A weighted ridge regression on standardised inputs: the floor under the trees, which carries what they cannot extrapolate.</summary>
internal sealed class Linear(double intercept, double[] slopes, double[] means)
{
    public double Evaluate(ReadOnlySpan<double> inputs)
    {
        var sum = intercept;
        for (var i = 0; i < slopes.Length; i++)
        {
            if (!double.IsNaN(inputs[i]))
                sum += slopes[i] * (inputs[i] - means[i]);
        }

        return sum;
    }

    /// <summary>Fits to rows of inputs; a penalty of <c>ridge</c> of all weight lies on each standardised slope.</summary>
    public static Linear Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> labels, IReadOnlyList<double> weights, double ridge)
    {
        var (count, width, total) = (rows.Count, rows[0].Length, weights.Sum());
        var (means, scales) = (new double[width], new double[width]);
        for (var j = 0; j < width; j++)
        {
            double sum = 0, square = 0, weight = 1e-9;
            for (var i = 0; i < count; i++)
            {
                if (double.IsNaN(rows[i][j]))
                    continue;
                (sum, weight) = (sum + (weights[i] * rows[i][j]), weight + weights[i]);
            }

            means[j] = sum / weight;
            for (var i = 0; i < count; i++)
            {
                if (!double.IsNaN(rows[i][j]))
                    square += weights[i] * (rows[i][j] - means[j]) * (rows[i][j] - means[j]);
            }

            scales[j] = Math.Max(1e-6, Math.Sqrt(square / weight));
        }

        var intercept = labels.Zip(weights, (label, weight) => label * weight).Sum() / total;
        var matrix = new double[width, width + 1];
        var z = new double[width];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < width; j++)
                z[j] = double.IsNaN(rows[i][j]) ? 0 : (rows[i][j] - means[j]) / scales[j];
            for (var j = 0; j < width; j++)
            {
                for (var k = 0; k < width; k++)
                    matrix[j, k] += weights[i] * z[j] * z[k];
                matrix[j, width] += weights[i] * z[j] * (labels[i] - intercept);
            }
        }

        for (var j = 0; j < width; j++)
            matrix[j, j] += ridge * total;
        var solved = Solve(matrix);
        return new Linear(intercept, [.. solved.Select((slope, j) => slope / scales[j])], means);
    }

    /// <summary>Gauss-Jordan with pivots; the last column is the right-hand side.</summary>
    public static double[] Solve(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var i = column + 1; i < size; i++)
            {
                if (Math.Abs(matrix[i, column]) > Math.Abs(matrix[pivot, column]))
                    pivot = i;
            }

            for (var k = 0; k <= size; k++)
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            for (var i = 0; i < size; i++)
            {
                if (i == column || matrix[i, column] == 0)
                    continue;
                var factor = matrix[i, column] / matrix[column, column];
                for (var k = column; k <= size; k++)
                    matrix[i, k] -= factor * matrix[column, k];
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => matrix[i, size] / matrix[i, i])];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(intercept);
        writer.Many(slopes, (w, slope) => w.Write(slope));
        writer.Many(means, (w, mean) => w.Write(mean));
    }

    public static Linear Read(BinaryReader reader) =>
        new(reader.ReadDouble(), reader.Many(r => r.ReadDouble()), reader.Many(r => r.ReadDouble()));
}
