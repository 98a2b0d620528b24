using System.CommandLine;
using System.Text.Json;
using PcBench.Cli.Server;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench submit</c>: stores a result on a server.</summary>
internal static class SubmitCommand
{
    private static readonly TimeSpan OwnerLinkLifetime = TimeSpan.FromDays(30);

    public static Command Create(CliContext context)
    {
        var result = ServerOptions.ResultOrLatest();
        var (server, cohort) = (ServerOptions.Server(), ServerOptions.CohortKeyFile());
        var visibility = ServerOptions.Visibility();
        var json = ServerOptions.Json();
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the exact bytes that would be sent, and send nothing." };
        var command = new CommandWithExamples("submit", "Submit a result to a server. The same result is stored once, however often it is sent.", """
            pcbench submit --dry-run                       what exactly would be sent?
            pcbench submit                                 the latest result, for you alone
            pcbench submit k3v9x2 --visibility public      ranked beside the world
            pcbench submit --server https://beta.pcbench.example --cohort-key-file ~/.pcbench/beta.key
            """)
        {
            result, server, cohort, visibility, dryRun, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(result);
            if (context.Files.Find(name) is not { } path)
                return Task.FromResult(ServerOptions.NotFound(context, name));
            var document = File.ReadAllBytes(path);
            if (!IsValid(context, path, document))
                return Task.FromResult(ExitCodes.Usage);
            if (parsed.GetValue(dryRun))
            {
                context.Output.Data(document);
                return Task.FromResult(ExitCodes.Ok);
            }

            var to = ServerOptions.Address(parsed, server, cohort);
            return ServerCalls.ExplainAsync(context.Output, to, () => SubmitAsync(context, to, document, parsed.GetValue(visibility), parsed.GetValue(json), cancel));
        });
        return command;
    }

    /// <summary>The server's own rules, applied before anything is sent.</summary>
    private static bool IsValid(CliContext context, string path, byte[] document)
    {
        var errors = ResultReader.Read(document, context.Time.GetUtcNow()).Errors;
        if (errors.Count > 0)
            context.Output.Error($"{path} is not a result that a server takes:");
        foreach (var error in errors)
            context.Output.Error(error.ToString());
        return errors.Count == 0;
    }

    private static async Task<int> SubmitAsync(
        CliContext context, ServerAddress server, byte[] document, Visibility visibility, bool json, CancellationToken cancel)
    {
        using var client = ServerClient.For(server, context.Time);
        var submission = await client.SubmitAsync(document, visibility, cancel);
        using var key = context.Files.Key();
        var page = ResultLinks.Page(server.Uri, submission.Id);
        var owner = ResultLinks.Owner(server.Uri, submission.Id, key, context.Time.GetUtcNow() + OwnerLinkLifetime);
        if (json)
        {
            context.Output.Data(JsonSerializer.Serialize(submission, ApiJson.Default.Submission));
        }
        else
        {
            context.Output.Data(page.ToString());
        }

        context.Output.People.MarkupLineInterpolated($"Stored as [bold]{submission.Id}[/], {Words(submission.Visibility)}.");
        if (submission.Visibility != visibility)
            context.Output.People.MarkupLineInterpolated($"It was there already; change who sees it with: pcbench visibility {submission.Id} {visibility.ToString().ToLowerInvariant()}");
        context.Output.People.WriteLine("Your own link, for 30 days, to see it, change who sees it, and delete it (keep it to yourself):");
        // Not through markup, which would wrap it at the width of the terminal.
        context.Output.People.Profile.Out.Writer.WriteLine(owner.ToString());
        return ExitCodes.Ok;
    }

    /// <summary>A visibility, and what it means.</summary>
    public static string Words(Visibility visibility) => visibility switch
    {
        Visibility.Private => "private: you alone see it",
        Visibility.Unlisted => "unlisted: whoever has the address sees it",
        _ => "public: everybody sees it",
    };
}
