using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using P25.Contours;
using P25.Releases;

namespace P25.Commands;

/// <summary>Options that every command takes, and what runs a command and explains how it ended.</summary>
internal sealed class CommonOptions(P25Context context)
{
    private readonly Option<bool> json = new("--json") { Description = "Print the answer as JSON on stdout.", Recursive = true };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be done, and change nothing.", Recursive = true };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Show every call of helm, kubectl, git and every HTTP request, secrets left out.", Recursive = true };
    private readonly Option<string> config = new("--config")
    {
        Description = "File of the contours. Default: $P25_CONFIG, or deploy/contours.yaml.",
        DefaultValueFactory = _ => context.Variable("P25_CONFIG") is { Length: > 0 } path ? path : "deploy/contours.yaml",
        Recursive = true,
    };

    private readonly Option<string?> kubeconfig = new("--kubeconfig")
    {
        Description = "Kubeconfig of the cluster. Default: $P25_KUBECONFIG_CONTOUR (P25_KUBECONFIG_PROD …), or what kubectl takes by itself.",
        Recursive = true,
    };

    public P25Context Context { get; } = context;

    public void AddTo(Command root)
    {
        foreach (var option in (Option[])[json, dryRun, verbose, config, kubeconfig])
            root.Add(option);
    }

    public static Argument<string> Contour() => new("contour") { Description = "stage, beta, prod: a name of deploy/contours.yaml." };

    public static Option<string> ReleaseFile() => new("--release") { Description = "The release's file, as 'p25 build' or 'p25 promote' wrote it. Default: release.json.", DefaultValueFactory = _ => "release.json" };

    public static Option<string?> Reason(bool required = false) => new("--reason") { Description = "Why, for whoever reads the history.", Required = required };

    /// <summary>The reason, which a record must have.</summary>
    public static string ReasonOf(string? given) => string.IsNullOrWhiteSpace(given) ? throw new P25Exception(P25ExitCodes.Refused, "There is no reason.", "Say why with --reason.") : given;

    public static Option<string[]> Values() => new("--values", "-f") { Description = "More files of Helm's values, over the contour's own. Default: $P25_VALUES, separated by colons.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = false };

    public static Option<string> Wait() => new("--wait") { Description = "How long to wait for somebody else's work on the contour: 0s refuses at once. Default: 10m.", DefaultValueFactory = _ => "10m" };

    public static Option<string?> Confirm() => new("--confirm") { Description = "The contour's name, as a confirmation. A terminal is asked for it." };

    public static TimeSpan SpanOf(string text, string option) =>
        Span.Read(text) ?? throw new P25Exception(P25ExitCodes.Usage, $"{option} is '{text}'.", "Give a number and s, m or h: 30s.");

    /// <summary>The command's own files of values, or P25_VALUES.</summary>
    public IReadOnlyList<string> ValuesOf(string[] given)
    {
        string[] files = given.Length > 0 ? given : Context.Variable("P25_VALUES")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return files.FirstOrDefault(file => !File.Exists(file)) is { } missing
            ? throw new P25Exception(P25ExitCodes.Usage, $"There is no file of values '{missing}'.", "Check --values or P25_VALUES.")
            : files;
    }

    /// <summary>Whether the contour's name was given; a terminal is asked.</summary>
    public bool IsConfirmed(Contour contour, string? given)
    {
        if (given is not null || contour.Rules is { Gate: not Policy.Gate.Approval, Rollback: not Policy.RollbackMode.Manual } || Context.ReadLine is null)
            return given == contour.Name;
        Context.Output.People.Profile.Out.Writer.Write($"Type {contour.Name} to go on: ");
        return Context.ReadLine() == contour.Name;
    }

    /// <summary>Runs a command's work; what it throws becomes an exit code and a sentence.</summary>
    public void Run(Command command, Func<Session, ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var session = new Session(
                    Context, ContourReader.Read(parsed.GetRequiredValue(config)), parsed.GetValue(kubeconfig), parsed.GetValue(verbose), parsed.GetValue(dryRun), parsed.GetValue(json));
                return await work(session, parsed, cancel);
            }
            catch (P25Exception ended)
            {
                Explain(ended.Message, ended.Fix);
                return ended.Code;
            }
            catch (OperationCanceledException)
            {
                Explain(
                    cancel.IsCancellationRequested ? "Cancelled." : "The lock was lost: somebody else has taken over the contour.",
                    "What was begun is put in order by the next command that changes the contour, or by 'p25 doctor CONTOUR --fix'.");
                return cancel.IsCancellationRequested ? P25ExitCodes.Cancelled : P25ExitCodes.Locked;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Explain(error.Message, null);
                return P25ExitCodes.Usage;
            }
        });

    /// <summary>The answer: JSON where it is asked for, else lines for people on stdout.</summary>
    public static void Answer<T>(Session session, T answer, JsonTypeInfo<T> type, params IEnumerable<string> lines)
    {
        if (session.Json)
        {
            session.Context.Output.Data(JsonSerializer.Serialize(answer, type));
            return;
        }

        foreach (var line in lines)
            session.Context.Output.Data(line);
    }

    /// <summary>Refuses to put a release where the policy does not send it.</summary>
    public static void RequireRef(Session session, Contour contour, Release release)
    {
        var decision = Policy.ReleasePolicy.Decide(session.Contours.Rules, session.Contours.MainBranch, release.Ref, new Policy.RefFacts());
        if (!decision.Allowed)
            throw new P25Exception(P25ExitCodes.Refused, decision.Reason, decision.Fix);
        if (decision.Contour != contour.Name)
        {
            throw new P25Exception(P25ExitCodes.Refused, $"{release} is for {decision.Contour}, not {contour.Name}: {decision.Reason}",
                contour.Rules.From is null ? "See 'p25 policy explain REF'." : $"Promote it: p25 promote vX.Y.Z --to {contour.Name}");
        }
    }

    private void Explain(string problem, string? fix)
    {
        Context.Output.Say($"error: {problem}");
        foreach (var line in fix?.Split('\n') ?? [])
            Context.Output.Say($"  {line}");
    }
}
