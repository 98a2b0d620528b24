using System.CommandLine;
using System.Text.Json;
using PcBench.Backend.Commands.Events;
using PcBench.Platform.Events.Admin;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary><c>backend events</c>: where the consumers of events stand, and what to do about what they could not handle.</summary>
internal static class EventsCommand
{
    /// <param name="withParts">How the service is reached.</param>
    /// <param name="output">Where to write; null for the process's own streams.</param>
    public static Command Create(WithParts withParts, Output? output = null)
    {
        var caller = new EventsCaller(withParts, output ?? Output.OfProcess());
        var json = CommonOptions.Json();
        var command = new CommandWithExamples("events", "Show where each consumer of events stands: what it was not given yet, what it has not handled, what it gave up.", """
            backend events
            backend events --json
            backend events dead --consumer archive
            backend events replay --all --consumer archive
            """)
        {
            json, PendingCommand.Create(caller), DeadCommand.Create(caller), ReplayCommand.Create(caller), PublishCommand.Create(caller),
        };
        command.SetAction((parsed, cancel) => caller.RunAsync(async (admin, written) =>
        {
            var consumers = await admin.StatusAsync(cancel);
            if (parsed.GetValue(json))
                written.Data(JsonSerializer.Serialize(consumers, CommandJson.Default.IReadOnlyListConsumerStatus));
            else
                written.Data(TextTable.Of(["consumer", "lag", "pending", "oldest", "dead"], consumers.Select(Row)));
            return ExitCodes.Ok;
        }));
        return command;

        static string[] Row(ConsumerStatus one) =>
        [
            one.IsKnown ? one.Consumer : $"{one.Consumer} (not of this release)",
            one.Lag is { } lag ? $"{lag}" : "?", $"{one.Pending}", one.OldestPending is { } age ? $"{age.TotalSeconds:F0} s" : "-", $"{one.Dead}",
        ];
    }
}
