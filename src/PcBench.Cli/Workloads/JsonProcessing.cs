using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace PcBench.Cli.Workloads;

/// <summary>
/// What a web service does all day: reads a document of 256 KiB token by token, turns text into numbers and strings, and
/// writes it again. No document model, so that no garbage collector is measured.
/// </summary>
internal sealed class JsonProcessing : IKernel
{
    private const int Length = 256 * 1024;

    private readonly byte[] input;
    private readonly byte[] scratch = new byte[1024];
    private readonly ArrayBufferWriter<byte> output = new(2 * Length);
    private readonly Utf8JsonWriter writer;

    public JsonProcessing()
    {
        input = Document(new DeterministicRandom(5));
        writer = new Utf8JsonWriter(output);
    }

    public void Reset() => output.Clear();

    public double Run()
    {
        output.ResetWrittenCount();
        writer.Reset(output);
        var reader = new Utf8JsonReader(input);
        while (reader.Read())
            Copy(ref reader);
        writer.Flush();
        return input.Length / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(output.WrittenSpan);

    public void Dispose() => writer.Dispose();

    private void Copy(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(scratch.AsSpan(0, reader.CopyString(scratch)));
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(scratch.AsSpan(0, reader.CopyString(scratch)));
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var integer):
                writer.WriteNumberValue(integer);
                break;
            case JsonTokenType.Number:
                writer.WriteNumberValue(reader.GetDouble());
                break;
            default:
                writer.WriteBooleanValue(reader.GetBoolean());
                break;
        }
    }

    /// <summary>An array of records as an order system might keep them: names, numbers, flags, nested lists, escapes.</summary>
    private static byte[] Document(DeterministicRandom random)
    {
        var words = PseudoText.Words(random);
        var buffer = new ArrayBufferWriter<byte>(Length + 4096);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartArray();
        for (var id = 0; buffer.WrittenCount + json.BytesPending < Length; id++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("name", $"{words[random.Next(words.Length)]} \"{words[random.Next(words.Length)]}\" \u00e9");
            json.WriteNumber("price", random.Next(1_000_000) / 64.0);
            json.WriteBoolean("available", random.Next(2) == 0);
            json.WriteStartArray("tags");
            for (var tag = random.Next(6); tag > 0; tag--)
                json.WriteStringValue(words[random.Next(words.Length)]);
            json.WriteEndArray();
            json.WriteStartObject("position");
            json.WriteNumber("x", random.Next(int.MaxValue) / 1024.0);
            json.WriteNumber("y", -random.Next(int.MaxValue));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
