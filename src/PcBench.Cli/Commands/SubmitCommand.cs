using System.CommandLine;
using System.Text.Json;
using PcBench.Cli.Report;
using PcBench.Cli.Server;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench submit</c>: stores a result on a server.</summary>
internal static class SubmitCommand
{
    private static readonly TimeSpan OwnerLinkLifetime = TimeSpan.FromDays(30);

    public static Command Create(CliContext context)
    {
        var result = CommonOptions.ResultOrLatest();
        var server = new ServerOptions();
        var visibility = CommonOptions.Visibility();
        var json = CommonOptions.Json();
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the exact bytes that would be sent, and send nothing." };
        var command = new CommandWithExamples("submit", "Submit a result to a server. The same result is stored once, however often it is sent.", """
            pcbench submit --dry-run                       what exactly would be sent?
            pcbench submit                                 the latest result, for you alone
            pcbench submit k3v9x2 --visibility public      ranked beside the world
            pcbench submit --server https://beta.pcbench.example --cohort-key-file ~/.pcbench/beta.key
            """)
        {
            result, server, visibility, dryRun, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            if (LocalResults.Read(context, parsed.GetRequiredValue(result), out var exitCode) is not { } found)
                return Task.FromResult(exitCode);
            if (parsed.GetValue(dryRun))
            {
                context.Output.Data(found.Bytes.Span);
                return Task.FromResult(ExitCodes.Ok);
            }

            var to = server.Read(parsed);
            return ServerCalls.ExplainAsync(context.Output, to, () => SubmitAsync(context, to, found.Bytes, parsed.GetValue(visibility), parsed.GetValue(json), cancel));
        });
        return command;
    }

    private static async Task<int> SubmitAsync(
        CliContext context, ServerAddress server, ReadOnlyMemory<byte> document, Visibility visibility, bool json, CancellationToken cancel)
    {
        using var client = ServerClient.For(server, context.Time);
        var submission = await client.SubmitAsync(document, visibility, cancel);
        using var key = context.Files.Key();
        var page = ResultLinks.Page(server.Uri, submission.Id);
        var owner = ResultLinks.Owner(server.Uri, submission.Id, key, context.Time.GetUtcNow() + OwnerLinkLifetime);
        context.Output.Data(json ? JsonSerializer.Serialize(submission, ApiJson.Default.Submission) : page.ToString());
        context.Output.People.MarkupLineInterpolated($"Stored as [bold]{submission.Id}[/], {Words.Visibility(submission.Visibility)}.");
        if (submission.Visibility != visibility)
            context.Output.People.MarkupLineInterpolated($"It was there already; change who sees it with: pcbench visibility {submission.Id} {visibility.ToString().ToLowerInvariant()}");
        context.Output.People.WriteLine("Your own link, for 30 days, to see it, change who sees it, and delete it (keep it to yourself):");
        context.Output.Say(owner.ToString());
        return ExitCodes.Ok;
    }
}
