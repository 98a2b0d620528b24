using System.Text.Json;
using System.Text.Json.Serialization;

namespace PcBench.Contracts.Results;

/// <summary>
/// Reads a list of numbers. A document is nearly all numbers, and the general way spends more time on each than reading its
/// digits takes. Most are short: up to 15 digits and a point are two exact doubles, and dividing one by the other rounds
/// once, as reading must (Clinger, "How to read floating point numbers accurately", 1990). All others go the general way.
/// </summary>
public sealed class SeriesConverter : JsonConverter<IReadOnlyList<double>>
{
    private const int ExactDigits = 15;
    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var numbers = new List<double>(64);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            numbers.Add(TryParse(reader.ValueSpan, out var number) ? number : reader.GetDouble());
        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in value)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    /// <summary>The value of a JSON number that is nothing but digits and a point.</summary>
    /// <param name="text">The number as it stands.</param>
    /// <param name="number">Its value, to the bit.</param>
    /// <returns>Whether it is one of those.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.Length > ExactDigits + 1)
            return false;
        var (digits, point) = (0L, text.Length - 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.')
                point = i;
            else if (text[i] is >= (byte)'0' and <= (byte)'9')
                digits = 10 * digits + (text[i] - '0');
            else
                return false; // a sign or an exponent
        }

        // 16 digits without a point may be more than a double holds.
        if (text.Length > ExactDigits && point == text.Length - 1)
            return false;
        number = digits / PowersOfTen[text.Length - 1 - point];
        return true;
    }
}
