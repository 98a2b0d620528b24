namespace PcBench.Bench.Results;

/// <summary>Shapes of chance.</summary>
internal static class Spread
{
    /// <summary>A number around 0 with a standard deviation of 1.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A factor around 1 whose logarithm has the standard deviation <paramref name="sigma"/>.</summary>
    public static double Factor(this Random random, double sigma) => Math.Exp(sigma * random.Normal());

    /// <summary>One of them, the first ones more often: by the square of a uniform number.</summary>
    public static T FirstRather<T>(this Random random, IReadOnlyList<T> list)
    {
        var x = random.NextDouble();
        return list[(int)(list.Count * x * x)];
    }
}
