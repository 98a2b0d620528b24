using System.CommandLine;
using PcBench.Platform.Events.Admin;
using PcBench.Shared;

namespace PcBench.Backend.Commands.Events;

/// <summary><c>backend events publish</c>: something happened outside of the service.</summary>
internal static class PublishCommand
{
    private const string Nothing = "{}";

    public static Command Create(EventsCaller caller)
    {
        var type = new Argument<string>("type") { Description = "What kind of thing happened: release.finished." };
        var subject = new Argument<string>("subject") { Description = "What it happened to." };
        var data = new Option<string>("--data") { Description = "More about it: a JSON object of at most 64 KiB.", DefaultValueFactory = _ => Nothing };
        var command = new CommandWithExamples("publish", "Tell the consumers that something happened outside of the service.", """
            backend events publish release.finished 1.4.0
            backend events publish release.failed 1.4.0 --data '{"step":"canary"}'
            """)
        {
            type, subject, data,
        };
        command.Validators.Add(result =>
        {
            // Where it is not given, it has its default later than this.
            if (result.GetValue(type) is { } kind && result.GetValue(subject) is { } what && OutsideEvent.Problem(kind, what, result.GetValue(data) ?? Nothing) is { } problem)
                result.AddError(problem);
        });
        command.SetAction((parsed, cancel) => caller.RunAsync(async (admin, written) =>
        {
            written.Data(await admin.PublishAsync(parsed.GetRequiredValue(type), parsed.GetRequiredValue(subject), parsed.GetRequiredValue(data), cancel));
            return ExitCodes.Ok;
        }));
        return command;
    }
}
