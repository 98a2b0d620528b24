using System.CommandLine;
using System.Text.Json;
using PcBench.Shared;

namespace PcBench.Backend.Commands.Events;

/// <summary><c>backend events dead</c>: what consumers gave up.</summary>
internal static class DeadCommand
{
    public static Command Create(EventsCaller caller)
    {
        var (consumer, limit, json) = (EventsOptions.Consumer("Of this consumer alone."), EventsOptions.Limit(), CommonOptions.Json());
        var command = new CommandWithExamples("dead", "List events that a consumer gave up after an hour of attempts, with the cause, the latest first.", """
            backend events dead
            backend events dead --consumer archive --json | jq '.[].cause'
            """)
        {
            consumer, limit, json,
        };
        command.SetAction((parsed, cancel) => caller.RunAsync(async (admin, written) =>
        {
            var letters = await admin.DeadAsync(parsed.GetValue(consumer), parsed.GetValue(limit), cancel);
            if (parsed.GetValue(json))
                written.Data(JsonSerializer.Serialize(letters, CommandJson.Default.IReadOnlyListDeadLetter));
            else
                written.Data(TextTable.Of(
                    ["consumer", "event", "type", "subject", "attempts", "since", "cause"],
                    letters.Select(one => (string[])[one.Consumer, one.EventId, one.Type, one.Subject, $"{one.Attempts}", $"{one.DeadAt:yyyy-MM-ddTHH:mm:ssZ}", one.Cause])));
            return ExitCodes.Ok;
        }));
        return command;
    }
}
