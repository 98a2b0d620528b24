using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Platform.Events.Admin;

namespace PcBench.Backend.Commands;

/// <summary>What commands print with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<ConsumerStatus>))]
[JsonSerializable(typeof(IReadOnlyList<PendingEvent>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(RebuiltRanks))]
internal sealed partial class CommandJson : JsonSerializerContext;
