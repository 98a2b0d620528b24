using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PcBench.Contracts.Signing;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: members sorted, no white space, one spelling for each number and string.
/// What is signed is this form, so a document may be reformatted and still verifies, in any language.
/// </summary>
public static class CanonicalJson
{

    /// <summary>Canonical UTF-8 bytes of an object, without its member named <paramref name="except"/>.</summary>
    public static byte[] Of(JsonElement root, string except)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        Write(buffer, root, except);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A number as ECMAScript prints it: the shortest digits that read back as the same double.</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number");

        // .NET and ECMAScript choose the same shortest digits; only where they put the point and the exponent differs.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var dot = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = dot < 0 ? parts[0] : parts[0].Remove(dot, 1);
        var leadingZeros = all.Length - all.TrimStart('0').Length;
        var point = (dot < 0 ? all.Length : dot) - leadingZeros; // digits before the decimal point
        if (parts.Length == 2)
            point += int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (value < 0 ? "-" : "") + Compose(all.Trim('0'), point);
    }

    private static string Compose(string digits, int point)
    {
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point
                ? digits + new string('0', point - digits.Length)
                : $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -6 and <= 0)
            return $"0.{new string('0', -point)}{digits}";
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}";
    }

    private static void Write(ArrayBufferWriter<byte> buffer, JsonElement element, string? except = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                buffer.Write("{"u8);
                var first = true;
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (member.Name == except)
                        continue;
                    if (!first)
                        buffer.Write(","u8);
                    first = false;
                    WriteString(buffer, member.Name);
                    buffer.Write(":"u8);
                    Write(buffer, member.Value);
                }

                buffer.Write("}"u8);
                break;
            case JsonValueKind.Array:
                buffer.Write("["u8);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (index++ > 0)
                        buffer.Write(","u8);
                    Write(buffer, item);
                }

                buffer.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(buffer, element.GetString()!);
                break;
            case JsonValueKind.Number:
                Encoding.ASCII.GetBytes(Number(element.GetDouble()), buffer);
                break;
            default:
                Encoding.ASCII.GetBytes(element.GetRawText(), buffer);
                break;
        }
    }

    /// <summary>ECMAScript's JSON.stringify: only quote, backslash and control characters are escaped.</summary>
    private static void WriteString(ArrayBufferWriter<byte> buffer, string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
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

        Encoding.UTF8.GetBytes(json.Append('"').ToString(), buffer);
    }
}
