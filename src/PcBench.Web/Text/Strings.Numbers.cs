using System.Globalization;

namespace PcBench.Web.Text;

public sealed partial class Strings
{
    private readonly NumberFormatInfo numbers;

    /// <summary>A whole number: <c>12,345</c>.</summary>
    public string Number(double value) => value.ToString("N0", numbers);

    /// <summary>A measured figure with three to four significant digits: <c>0.0123</c>, <c>1.83</c>, <c>54.2</c>, <c>12,345</c>.</summary>
    public string Figure(double value)
    {
        var size = Math.Abs(value);
        var decimals = size switch
        {
            0 or >= 1000 => 0,
            >= 10 => 1,
            _ => Math.Min(8, 2 - (int)Math.Floor(Math.Log10(size))),
        };
        return value.ToString($"N{decimals}", numbers);
    }

    /// <summary>A number with so many decimals.</summary>
    public string Fixed(double value, int decimals) => value.ToString($"N{decimals}", numbers);

    /// <summary>A share of one in per cent: <c>1.8 %</c>.</summary>
    public string Percent(double share, int decimals = 1) => $"{Fixed(100 * share, decimals)}\u00A0%";

    /// <summary>How far an interval reaches around a value: <c>±1.8 %</c>, or <c>−53 % / +113 %</c> where its sides differ by over a point.</summary>
    public string Around(double value, double low, double high)
    {
        var (below, above) = (1 - low / value, high / value - 1);
        return Math.Abs(above - below) <= 0.01 ? $"±{Percent((above + below) / 2)}" : $"{Percent(-below, 0)} / +{Percent(above, 0)}";
    }

    /// <summary>An interval: <c>980–1,020</c>.</summary>
    public string Interval(double low, double high) => $"{Figure(low)}\u2013{Figure(high)}";

    /// <summary>A ratio: <c>1.25×</c>.</summary>
    public string Ratio(double ratio) => $"{Fixed(ratio, ratio < 10 ? 2 : 1)}\u00D7";

    /// <summary>An amount of memory from MiB.</summary>
    public string Memory(int mib) => mib < 1024
        ? $"{Number(mib)}\u00A0{this["unit.mib"]}"
        : $"{(mib % 1024 == 0 || mib > 10 * 1024 ? Number(Math.Round(mib / 1024.0)) : Fixed(mib / 1024.0, 1))}\u00A0{this["unit.gib"]}";

    /// <summary>A clock from MHz.</summary>
    public string Clock(double mhz) => $"{Fixed(mhz / 1000, 2)}\u00A0{this["unit.ghz"]}";

    /// <summary>A day: <c>22 Nov 2026</c>.</summary>
    public string Date(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var month = this["date.months"].Split(' ')[utc.Month - 1];
        return $"{utc.Day}\u00A0{month}\u00A0{utc.Year}";
    }

    /// <summary>A moment: <c>22 Nov 2026, 20:06 UTC</c>.</summary>
    public string Moment(DateTimeOffset time) => $"{Date(time)}, {time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)}\u00A0UTC";

    /// <summary>A duration from seconds: <c>48 s</c>, <c>5 min 12 s</c>.</summary>
    public string Duration(double seconds)
    {
        var whole = (int)Math.Round(seconds);
        return whole < 60
            ? $"{Number(whole)}\u00A0{this["unit.s"]}"
            : $"{Number(whole / 60)}\u00A0{this["unit.min"]} {Number(whole % 60)}\u00A0{this["unit.s"]}";
    }

    // Russian sets a comma before decimals and a narrow space between thousands.
    private static NumberFormatInfo NumbersOf(string language) => language == "ru"
        ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202F", NegativeSign = "\u2212" }
        : new NumberFormatInfo { NegativeSign = "\u2212" };
}
