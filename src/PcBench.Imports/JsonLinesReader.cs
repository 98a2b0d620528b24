using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports;

/// <summary>Reads and writes imported results as JSON Lines: what <c>pcbench import</c> sends.</summary>
public static class JsonLinesReader
{
    /// <summary>The most bytes a line may have.</summary>
    public const int MaxLineBytes = 1_024 * 1_024;

    private const string AsSent = "Send what pcbench import --dry-run prints.";

    private static readonly ApiJson Json = new(new JsonSerializerOptions(ApiJson.Default.Options) { AllowDuplicateProperties = false, MaxDepth = 16 });

    /// <summary>A result as a line, with its end.</summary>
    public static byte[] LineOf(ImportedResult result) => [.. JsonSerializer.SerializeToUtf8Bytes(result, ApiJson.Default.ImportedResult), (byte)'\n'];

    internal static async IAsyncEnumerable<ImportItem> ReadAsync(Stream source, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                if (ItemOf(rest.Slice(0, end), ++number) is { } item)
                    yield return item;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaxLineBytes)
            {
                yield return ImportItem.Refused(FieldError.Of($"line {number + 1}", null, $"It is longer than {MaxLineBytes} bytes; nothing after it was read.", AsSent));
                break;
            }

            if (read.IsCompleted)
            {
                if (!rest.IsEmpty && ItemOf(rest, ++number) is { } last)
                    yield return last;
                break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
    }

    private static ImportItem? ItemOf(ReadOnlySequence<byte> line, long number)
    {
        var place = $"line {number}";
        if (line.Length > MaxLineBytes)
            return ImportItem.Refused(FieldError.Of(place, null, $"It is longer than {MaxLineBytes} bytes.", AsSent));
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read())
                return null;
            var result = JsonSerializer.Deserialize(ref reader, Json.ImportedResult);
            return result is null || reader.Read()
                ? ImportItem.Refused(FieldError.Of(place, null, "It is not one result.", AsSent))
                : ImportRules.Checked(new ImportItem(result), field => $"{place}, {field}");
        }
        catch (JsonException error) when (error.Path is null && IsBlank(line))
        {
            return null;
        }
        catch (JsonException error)
        {
            return ImportItem.Refused(FieldError.Of($"{place}{(error.Path is { Length: > 2 } path ? ", " + path[2..] : "")}", null, "It is not what stands in a line of an import.", AsSent));
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        }

        return true;
    }
}
