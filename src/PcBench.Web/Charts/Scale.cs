using System.Globalization;

namespace PcBench.Web.Charts;

/// <summary>Maps values to places from 0 to 100 per cent of a chart.</summary>
/// <param name="From">Value at 0 %.</param>
/// <param name="To">Value at 100 %.</param>
/// <param name="Logarithmic">Whether equal ratios are equal distances; both ends must then be over 0.</param>
public readonly record struct Scale(double From, double To, bool Logarithmic = false)
{
    /// <summary>From zero to a round number over the largest value: lengths may be compared.</summary>
    public static Scale FromZero(IEnumerable<double> values)
    {
        var top = values.Append(0).Max();
        if (top <= 0)
            return new Scale(0, 1);
        var step = RoundStep(top, 4);
        return new Scale(0, Math.Ceiling(top * 1.0001 / step) * step);
    }

    /// <summary>Around the values with some air: differences may be seen, lengths not compared.</summary>
    /// <param name="values">At least one number.</param>
    /// <param name="leastShare">The narrowest span, as a share of the middle value, so that mere noise stays small.</param>
    public static Scale Around(IReadOnlyCollection<double> values, double leastShare = 0)
    {
        var (low, high) = (values.Min(), values.Max());
        var span = Math.Max(high - low, leastShare * (high + low) / 2);
        if (span == 0)
            span = Math.Max(1, Math.Abs(low));
        var middle = (low + high) / 2;
        return new Scale(middle - 0.58 * span, middle + 0.58 * span);
    }

    /// <summary>Ratios around 1, the same distance to both sides.</summary>
    /// <param name="ratios">Ratios over 0.</param>
    public static Scale Ratios(IEnumerable<double> ratios)
    {
        var widest = ratios.Select(ratio => Math.Abs(Math.Log(ratio))).Append(Math.Log(1.1)).Max();
        var reach = Math.Exp(Math.Min(widest * 1.08, Math.Log(16)));
        return new Scale(1 / reach, reach, Logarithmic: true);
    }

    /// <summary>Place of a value, 0 to 100; what lies outside is drawn at the edge.</summary>
    public double At(double value)
    {
        var share = Logarithmic
            ? Math.Log(Math.Max(value, double.Epsilon) / From) / Math.Log(To / From)
            : (value - From) / (To - From);
        return 100 * Math.Clamp(share, 0, 1);
    }

    /// <summary>Place of a value as an SVG coordinate: <c>12.5%</c>.</summary>
    public string X(double value) => Percent(At(value));

    /// <summary>Distance of two values as an SVG length.</summary>
    public string Width(double low, double high) => Percent(Math.Max(0, At(high) - At(low)));

    /// <summary>Place of a value from the bottom, for charts whose values go upwards.</summary>
    public string Y(double value) => Percent(100 - At(value));

    /// <summary>Round values to mark on the axis.</summary>
    /// <param name="about">How many are wanted, roughly.</param>
    public IReadOnlyList<double> Ticks(int about)
    {
        if (Logarithmic)
            return RatioTicks();
        var step = RoundStep(To - From, about);
        var ticks = new List<double>();
        for (var i = Math.Ceiling(From / step); i * step <= To + step * 1e-9; i++)
            ticks.Add(i * step);
        return ticks;
    }

    /// <summary>A share of 100 as an SVG coordinate.</summary>
    public static string Percent(double percent) => percent.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    // Ratios that people know, and their inverses, for each width of the axis.
    private IReadOnlyList<double> RatioTicks()
    {
        double[] over = To switch
        {
            < 1.15 => [1.05, 1.1],
            < 1.35 => [1.1, 1.2],
            < 2.2 => [1.25, 1.5],
            < 4.5 => [2, 4],
            _ => [4, 16],
        };
        var reach = To;
        var shown = over.Where(ratio => ratio <= reach).ToList();
        return [.. shown.AsEnumerable().Reverse().Select(ratio => 1 / ratio), 1, .. shown];
    }

    private static double RoundStep(double span, int about)
    {
        var rough = span / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 2.5 => 2.5 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
