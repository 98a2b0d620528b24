using System.Globalization;
using System.Text;

namespace PcBench.UnitTests.Signing;

/// <summary>Numbers and strings of RFC 8785 by the letter of ECMAScript, without a thought of speed.</summary>
internal static class PlainCanonicalJson
{
    /// <summary>Number::toString: of all spellings with the fewest digits that read back as the number, the nearest to it.</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        if (value < 0)
            return "-" + Number(-value);
        for (var count = 1; ; count++)
        {
            // The nearest decimal of so many digits comes first; at a power of two its neighbour may read back where it does not.
            var parts = value.ToString($"E{count - 1}", CultureInfo.InvariantCulture).Split('E');
            var nearest = decimal.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            var scale = int.Parse(parts[1], CultureInfo.InvariantCulture) - (count - 1);
            foreach (var digits in new[] { nearest, nearest + 1, nearest - 1 })
            {
                if (double.Parse($"{digits}e{scale}", CultureInfo.InvariantCulture) == value)
                    return Place(digits.ToString(CultureInfo.InvariantCulture).TrimEnd('0'), $"{digits}".Length + scale);
            }
        }
    }

    /// <summary>JSON.stringify of a string.</summary>
    public static string Text(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }

    // The names are the standard's: s has k digits, and the number is s × 10^(n-k).
    private static string Place(string s, int n)
    {
        var k = s.Length;
        if (k <= n && n <= 21)
            return s + new string('0', n - k);
        if (n is > 0 and <= 21)
            return $"{s[..n]}.{s[n..]}";
        if (n is > -6 and <= 0)
            return $"0.{new string('0', -n)}{s}";
        var exponent = $"{(n > 0 ? "+" : "-")}{Math.Abs(n - 1)}";
        return k == 1 ? $"{s}e{exponent}" : $"{s[0]}.{s[1..]}e{exponent}";
    }
}
