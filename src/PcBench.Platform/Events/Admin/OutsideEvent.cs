using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PcBench.Platform.Events.Admin;

/// <summary>What an event from outside may look like.</summary>
public static partial class OutsideEvent
{
    public const int MaxType = 100;
    public const int MaxSubject = 200;
    public const int MaxData = 64 * 1024;

    /// <returns>What is wrong with it, as a sentence; null where it is allowed.</returns>
    public static string? Problem(string type, string subject, string data)
    {
        if (type.Length > MaxType || !Type().IsMatch(type))
            return $"'{type}' is not a type. Give lower-case words with dots between, such as release.started, of at most {MaxType} characters.";
        if (subject is not { Length: > 0 and <= MaxSubject })
            return $"The subject has {subject.Length} characters. Give 1 to {MaxSubject}.";
        if (Encoding.UTF8.GetByteCount(data) > MaxData)
            return $"The data is larger than {MaxData / 1024} KiB.";
        return IsObject(data) ? null : "The data is not a JSON object. Give one such as {\"version\":\"1.2.0\"}.";
    }

    private static bool IsObject(string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+\z")]
    private static partial Regex Type();
}
