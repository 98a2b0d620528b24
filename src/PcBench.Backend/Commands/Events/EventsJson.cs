using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Platform.Events.Admin;

namespace PcBench.Backend.Commands.Events;

/// <summary>What <c>backend events --json</c> prints.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<ConsumerStatus>))]
[JsonSerializable(typeof(IReadOnlyList<PendingEvent>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
internal sealed partial class EventsJson : JsonSerializerContext;
