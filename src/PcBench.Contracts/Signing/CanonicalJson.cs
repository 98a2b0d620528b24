using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PcBench.Contracts.Signing;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: members sorted, no white space, one spelling for each number and string.
/// What is signed is this form, so a document may be reformatted and still verifies, in any language.
/// </summary>
public static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    /// <summary>Canonical UTF-8 bytes of an object, without its member named <paramref name="except"/>.</summary>
    /// <param name="json">UTF-8 JSON, nested up to 16 deep.</param>
    /// <param name="except">Name of the member to leave out.</param>
    /// <exception cref="JsonException">It is no JSON, or has no canonical form: a member twice, a string that is no Unicode …</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> json, string except)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            reader.Read();
            var buffer = new ArrayBufferWriter<byte>(json.Length); // hardly ever is the canonical form the longer one
            Write(buffer, ref reader, except);
            reader.Read(); // refuses what comes after the object
            return buffer.WrittenMemory;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new JsonException("A string is no Unicode, or a number is larger than a double.", error);
        }
    }

    /// <summary>A number as ECMAScript prints it: the shortest digits that read back as the same double.</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number");

        // .NET and ECMAScript choose the same shortest digits; they differ only in when there is an exponent, and in its form.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0)
            return text;
        var sign = value < 0 ? "-" : "";
        var digits = text[sign.Length..exponent].Replace(".", "", StringComparison.Ordinal);
        var point = 1 + int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return sign + Compose(digits, point);
    }

    /// <summary>Digits with the decimal point after the first <paramref name="point"/> of them.</summary>
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

    private static void Write(ArrayBufferWriter<byte> buffer, ref Utf8JsonReader reader, string? except = null)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(buffer, ref reader, except);
                break;
            case JsonTokenType.StartArray:
                buffer.Write("["u8);
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    if (i > 0)
                        buffer.Write(","u8);
                    Write(buffer, ref reader);
                }

                buffer.Write("]"u8);
                break;
            case JsonTokenType.String:
                WriteString(buffer, reader.GetString());
                break;
            case JsonTokenType.Number when !IsCanonical(reader.ValueSpan):
                Encoding.ASCII.GetBytes(Number(reader.GetDouble()), buffer);
                break;
            default:
                buffer.Write(reader.ValueSpan);
                break;
        }
    }

    /// <summary>Writes the members as they come and puts them in order after that: their length together stays the same.</summary>
    private static void WriteObject(ArrayBufferWriter<byte> buffer, ref Utf8JsonReader reader, string? except)
    {
        buffer.Write("{"u8);
        var start = buffer.WrittenCount;
        var members = new List<Member>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == except)
            {
                reader.Skip();
                members.Add(new Member(name, 0, 0));
                continue;
            }

            if (buffer.WrittenCount > start)
                buffer.Write(","u8);
            var at = buffer.WrittenCount;
            WriteString(buffer, name);
            buffer.Write(":"u8);
            Write(buffer, ref reader);
            members.Add(new Member(name, at - start, buffer.WrittenCount - at));
        }

        Sort(members, MemoryMarshal.AsMemory(buffer.WrittenMemory[start..]).Span);
        buffer.Write("}"u8);
    }

    private static void Sort(List<Member> members, Span<byte> text)
    {
        members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)); // by UTF-16 units, as the standard has it
        var unsorted = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(unsorted);
        var end = 0;
        for (var i = 0; i < members.Count; i++)
        {
            var (name, start, length) = members[i];
            if (i > 0 && name == members[i - 1].Name)
                throw new JsonException($"Duplicate property '{name}'.");
            if (length == 0)
                continue; // the one that is left out
            if (end > 0)
                text[end++] = (byte)',';
            unsorted.AsSpan(start, length).CopyTo(text[end..]);
            end += length;
        }

        ArrayPool<byte>.Shared.Return(unsorted);
    }

    /// <summary>
    /// Whether a JSON number is seen to be canonical as it stands, as nearly all are. No two decimals of up to 15 digits are
    /// the same double, so where no zero is superfluous there is no shorter one.
    /// </summary>
    private static bool IsCanonical(ReadOnlySpan<byte> number)
    {
        if (number.Length > 15)
            return false;
        var hasPoint = false;
        foreach (var c in number)
        {
            if (c == '.')
                hasPoint = true;
            else if (c is < (byte)'0' or > (byte)'9')
                return false;
        }

        return !hasPoint || (number[^1] != '0' && !number.StartsWith("0.00000"u8));
    }

    /// <summary>ECMAScript's JSON.stringify: only quote, backslash and control characters are escaped.</summary>
    private static void WriteString(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        buffer.Write("\""u8);
        while (text.IndexOfAny(Escaped) is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(text[..at], buffer);
            Encoding.UTF8.GetBytes(Escape(text[at]), buffer);
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, buffer);
        buffer.Write("\""u8);
    }

    private static string Escape(char c) => c switch
    {
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => $"\\u{(int)c:x4}",
        _ => $"\\{c}",
    };

    /// <summary>A member that was written: its name, and where its text stands.</summary>
    private readonly record struct Member(string Name, int Start, int Length);
}
