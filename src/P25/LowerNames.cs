using System.Text.Json;
using System.Text.Json.Serialization;

namespace P25;

/// <summary>Names of an enum as JSON has them: <c>releaseTag</c>.</summary>
internal sealed class LowerNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
