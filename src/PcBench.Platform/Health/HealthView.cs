using System.Text.Json.Serialization;

namespace PcBench.Platform.Health;

/// <summary>What the service says of itself.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record HealthView(string Status, IReadOnlyList<PartView> Parts);

/// <summary>A part.</summary>
/// <param name="Name">Which.</param>
/// <param name="Status">As of the whole.</param>
/// <param name="Detail">What that means for the service; only where it is not healthy.</param>
public sealed record PartView(string Name, string Status, string? Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
