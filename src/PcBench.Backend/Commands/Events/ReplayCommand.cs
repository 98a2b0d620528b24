using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Backend.Commands.Events;

/// <summary><c>backend events replay</c>: what a consumer gave up is tried again.</summary>
internal static class ReplayCommand
{
    public static Command Create(EventsCaller caller)
    {
        var id = new Argument<string?>("id") { Description = "Id of the event.", Arity = ArgumentArity.ZeroOrOne };
        var consumer = EventsOptions.Consumer("The consumer that is to try again. No other is given the event.");
        consumer.Required = true;
        var all = new Option<bool>("--all") { Description = "All that this consumer gave up." };
        var command = new CommandWithExamples("replay", "Let a consumer try again what it gave up, as if it were new.", """
            backend events replay 0198f0c2-7a51-7c3e-9d7e-2f5b8f0a1c44 --consumer archive
            backend events replay --all --consumer archive
            """)
        {
            id, consumer, all,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null != result.GetValue(all))
                result.AddError("Give the id of one event, or --all.");
        });
        command.SetAction((parsed, cancel) => caller.RunAsync(async (admin, written) =>
        {
            var name = parsed.GetRequiredValue(consumer)!;
            if (!admin.Consumers.Contains(name))
            {
                written.Error($"There is no consumer '{name}' in this release.", $"There are: {string.Join(", ", admin.Consumers)}.");
                return ExitCodes.Refused;
            }

            if (parsed.GetValue(id) is { } one && !await admin.ReplayAsync(name, one, cancel))
            {
                written.Error($"{name} did not give up an event '{one}'.", $"backend events dead --consumer {name} lists what it gave up.");
                return ExitCodes.NotFound;
            }

            written.Data($"{(parsed.GetValue(all) ? await admin.ReplayAllAsync(name, cancel) : 1)}");
            return ExitCodes.Ok;
        }));
        return command;
    }
}
