using System.Text.Json.Serialization;

namespace PcBench.Backend;

/// <summary>JSON of the events' data.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class EventJson : JsonSerializerContext;
