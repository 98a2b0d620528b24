using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Http;

/// <summary>Reads small JSON bodies, and says in the API's own words what is wrong with them.</summary>
internal static class JsonBody
{
    /// <summary>Whether a body was compressed, or encoded otherwise.</summary>
    public static bool IsEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding.Any(encoding => !string.IsNullOrEmpty(encoding) && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    public static async Task<(T? Value, FieldError? Error)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, string example, CancellationToken cancel)
        where T : class
    {
        var fix = $"Send {example} as application/json.";
        if (!request.HasJsonContentType())
            return (null, FieldError.Of("Content-Type", request.ContentType, "The body is not JSON.", fix));
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancel) is { } value
                ? (value, null)
                : (null, FieldError.Of("$", "null", "It is not an object.", fix));
        }
        catch (JsonException error)
        {
            var field = error.Path is { Length: > 2 } path ? path[2..] : "$";
            return (null, FieldError.Of(field, null, "It is not what is asked for here.", fix));
        }
    }
}
