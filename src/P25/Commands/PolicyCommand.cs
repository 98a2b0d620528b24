using System.CommandLine;
using P25.Policy;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 policy explain</c>: what becomes of a ref.</summary>
internal static class PolicyCommand
{
    public static Command Create(CommonOptions common) =>
        new CommandWithExamples("policy", "The release policy.", "p25 policy explain v1.2.3") { Explain(common) };

    private static CommandWithExamples Explain(CommonOptions common)
    {
        var reference = new Argument<string>("ref") { Description = "A branch, a tag, or a full ref. Default: $GITHUB_REF.", DefaultValueFactory = _ => common.Context.Variable("GITHUB_REF") ?? "" };
        var @event = new Option<RefEvent?>("--event") { Description = "What made the pipeline run: push, pullRequest, manual. Default: $GITHUB_EVENT_NAME, or push." };
        var fork = new Option<bool>("--fork") { Description = "It comes from a fork." };
        var onMain = new Option<bool?>("--commit-on-main") { Description = "Whether the ref's commit is on the main branch. Default: what git knows of it here." };
        var github = new Option<bool>("--github") { Description = "Append contour, gate and version to $GITHUB_OUTPUT for the steps and jobs that follow." };
        var command = new CommandWithExamples("explain", "Say which contour a ref enters, through which gate, and who may bring it there. Exit code 4: none.", """
            p25 policy explain v1.2.3
            p25 policy explain refs/tags/v1.2.3-beta1 --json
            p25 policy explain feature/x --event pullRequest --fork
            """)
        {
            reference, @event, fork, onMain, github,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var text = parsed.GetRequiredValue(reference);
            var git = GitRef.Read(text);
            var known = parsed.GetValue(onMain) ?? (git.Version is null ? null : await session.Git.IsOnAsync(git.FullName, session.Contours.MainBranch, cancel));
            var facts = new RefFacts(parsed.GetValue(@event) ?? EventOf(common.Context.Variable("GITHUB_EVENT_NAME")), parsed.GetValue(fork), known);
            var decision = ReleasePolicy.Decide(session.Contours.Rules, session.Contours.MainBranch, text, facts);
            if (parsed.GetValue(github))
                WriteOutputs(common.Context, decision);
            CommonOptions.Answer(session, decision, P25Json.Readable.Decision, Lines(decision));
            return decision.Allowed ? P25ExitCodes.Ok : P25ExitCodes.Refused;
        });
        return command;
    }

    private static RefEvent EventOf(string? name) => name switch
    {
        "pull_request" or "pull_request_target" => RefEvent.PullRequest,
        "workflow_dispatch" => RefEvent.Manual,
        _ => RefEvent.Push,
    };

    private static void WriteOutputs(P25Context context, Decision decision)
    {
        if (context.Variable("GITHUB_OUTPUT") is not { Length: > 0 } file)
            throw new P25Exception(P25ExitCodes.Usage, "GITHUB_OUTPUT is not set.", "--github is for a step of a workflow.");
        File.AppendAllText(file, $"contour={decision.Contour}\ngate={decision.Gate?.ToString().ToLowerInvariant()}\nversion={decision.Version}\n");
    }

    private static IEnumerable<string> Lines(Decision decision)
    {
        yield return $"{Visible(decision.Ref)}: {(decision.Allowed ? $"enters {decision.Contour}" : "enters no contour")}";
        yield return $"  why      {decision.Reason}";
        if (decision.Fix is { } fix)
            yield return $"  instead  {fix}";
        if (decision.Gate is { } gate)
            yield return $"  gate     {gate.ToString().ToLowerInvariant()}";
        yield return $"  who      {decision.Who}";
        foreach (var need in decision.Needs)
            yield return $"  needs    {need}";
    }

    /// <summary>What is shown must not move the cursor, or look like something else.</summary>
    private static string Visible(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? $"{letter}" : $"\\u{(int)letter:x4}"));
}
