using System.CommandLine;
using System.Text.Json;
using PcBench.Shared;

namespace PcBench.Backend.Commands.Events;

/// <summary><c>backend events pending</c>: what consumers have still to handle.</summary>
internal static class PendingCommand
{
    public static Command Create(EventsCaller caller)
    {
        var (consumer, limit, json) = (EventsOptions.Consumer("Of this consumer alone."), EventsOptions.Limit(), CommonOptions.Json());
        var command = new CommandWithExamples("pending", "List events that a consumer was given and has not handled, the oldest first.", """
            backend events pending
            backend events pending --consumer assess --limit 5
            """)
        {
            consumer, limit, json,
        };
        command.SetAction((parsed, cancel) => caller.RunAsync(async (admin, written) =>
        {
            var events = await admin.PendingAsync(parsed.GetValue(consumer), parsed.GetValue(limit), cancel);
            if (parsed.GetValue(json))
                written.Data(JsonSerializer.Serialize(events, CommandJson.Default.IReadOnlyListPendingEvent));
            else
                written.Data(TextTable.Of(
                    ["consumer", "event", "type", "subject", "attempts", "replica"],
                    events.Select(one => (string[])[one.Consumer, one.EventId, one.Type, one.Subject, $"{one.Attempts}", one.Replica ?? "-"])));
            return ExitCodes.Ok;
        }));
        return command;
    }
}
