using System.CommandLine;
using PcBench.Cli.Server;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench link</c>: the owner's link to a submitted result, made without asking any server.</summary>
internal static class LinkCommand
{
    public static Command Create(CliContext context)
    {
        var result = CommonOptions.ResultOrLatest();
        var server = ServerOptions.Address();
        var days = new Option<int>("--days") { Description = "How long the link holds, 1 to 365 days.", DefaultValueFactory = _ => 30 };
        days.Validators.Add(option =>
        {
            if (option.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value is < 1 or > 365))
                option.AddError($"--days '{token.Value}' must be a whole number from 1 to 365.");
        });
        var command = new CommandWithExamples("link", "Print your own link to a submitted result: whoever has it can see the result, change who sees it, and delete it.", """
            pcbench link
            pcbench link k3v9x2 --days 1
            """)
        {
            result, server, days,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(result);
            if (LocalResults.FindId(context, name) is not { } id)
                return LocalResults.NotFound(context, name);
            using var key = context.Files.Key();
            var expires = context.Time.GetUtcNow().AddDays(parsed.GetValue(days));
            context.Output.Data(ResultLinks.Owner(parsed.GetRequiredValue(server), id, key, expires).ToString());
            return ExitCodes.Ok;
        });
        return command;
    }
}
