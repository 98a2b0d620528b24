using System.Text.Json;

namespace PcBench.Contracts.Results;

/// <summary>Says in words of the document, not of a programming language, what the serializer stumbled over.</summary>
internal static class MalformedJson
{
    private const string Fix = "Send the document as pcbench wrote it; /openapi/v1.json describes each member.";

    /// <summary>The field, its value and the problem.</summary>
    /// <param name="document">What was read.</param>
    /// <param name="error">What the serializer said.</param>
    public static FieldError Explain(ReadOnlyMemory<byte> document, JsonException error)
    {
        var path = string.IsNullOrEmpty(error.Path) ? "$" : error.Path;
        var field = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        return FieldError.Of(field, ValueAt(document, path), ProblemOf(error), Fix);
    }

    private static string ProblemOf(JsonException error)
    {
        var message = error.Message;
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return "It is not of the right type.";
        if (message.StartsWith("Duplicate property", StringComparison.Ordinal))
            return "The member stands twice.";
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return "There is no such member.";
        if (message.Contains("was missing required properties", StringComparison.Ordinal))
        {
            var names = message[message.IndexOf("including", StringComparison.Ordinal)..].Split('\'').Where((_, i) => i % 2 == 1);
            return $"Members are missing: {string.Join(", ", names)}.";
        }

        // Not JSON at all: the reader's own words are good, and the place helps.
        var words = message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd();
        return error.LineNumber is { } line ? $"{words} (line {line + 1}, byte {error.BytePositionInLine})" : words;
    }

    /// <summary>What stands at the path, where the whole is JSON.</summary>
    private static string? ValueAt(ReadOnlyMemory<byte> document, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 16 });
            var element = json.RootElement;
            foreach (var step in path[1..].Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
                element = step.EndsWith(']') ? element[int.Parse(step.AsSpan(..^1))] : element.GetProperty(step);

            return path == "$" || element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : element.GetRawText();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            return null; // not JSON, or another shape than the path says
        }
    }
}
