using P25.Contours;
using P25.Ledger;
using P25.Locks;
using P25.Tools;

namespace P25;

/// <summary>One command at work: the contours' file read, the options that all commands take.</summary>
internal sealed class Session(P25Context context, ContourSet contours, string? kubeconfig, bool verbose, bool dryRun, bool json)
{
    public P25Context Context { get; } = !verbose ? context
        : context with { Handler = () => new HttpTrace(context.Handler(), line => context.Output.Say($"> {line}")) };

    public ContourSet Contours { get; } = contours;

    public bool DryRun { get; } = dryRun;

    public bool Json { get; } = json;

    public IToolRunner Runner { get; } = context.Runner(verbose ? line => context.Output.Say($"$ {line}") : null);

    public Git Git => new(Runner);

    public Kubectl Kubectl(Contour contour) => new(Runner, KubeconfigOf(contour), contour.Namespace);

    public Helm Helm(Contour contour) => new(Runner, KubeconfigOf(contour), contour.Namespace, Contours.Release);

    public LedgerStore Ledger(Contour contour) => new(Kubectl(contour));

    public Announcer Announcer(Contour contour) => new(this, contour);

    /// <summary>Tells people a line, as it is.</summary>
    public void Say(string line) => Context.Output.Say(line);

    /// <summary>Who does this: P25_ACTOR, who made GitHub's workflow run, git's user, or the user of this machine.</summary>
    public async Task<string> ActorAsync(CancellationToken cancel)
    {
        foreach (var name in (string[])["P25_ACTOR", "GITHUB_ACTOR"])
        {
            if (Context.Variable(name) is { Length: > 0 } actor)
                return actor;
        }

        return await Git.ConfigAsync("user.email", cancel) ?? $"{Environment.UserName}@{Environment.MachineName}";
    }

    public async Task<ContourLock> LockAsync(Contour contour, string actor, string doing, TimeSpan patience, CancellationToken cancel)
    {
        var holder = $"{actor}: {doing} (since {Context.Time.GetUtcNow():HH:mm:ss} UTC on {Environment.MachineName}, process {Environment.ProcessId})";
        return await ContourLock.TakeAsync(Kubectl(contour), Context.Time, contour.Lock, holder, patience,
            other => Say($"{contour.Name} is locked by {other}; waiting."), cancel);
    }

    /// <summary>The ledger in which a release must have been verified; null where it cannot be read.</summary>
    public async Task<LedgerState?> UpstreamAsync(Contour contour, CancellationToken cancel)
    {
        if (contour.Rules.From is not { } from)
            return null;
        try
        {
            return await Ledger(Contours[from]).ReadAsync(cancel);
        }
        catch (P25Exception unreadable)
        {
            Say($"The ledger of {from} cannot be read: {unreadable.Message}");
            return null;
        }
    }

    /// <summary>Release and contour as arguments of helm upgrade.</summary>
    /// <param name="contour">Where.</param>
    /// <param name="file">A file of values with the release's digests.</param>
    /// <param name="more">More files of values.</param>
    public IReadOnlyList<string> Chart(Contour contour, string file, IReadOnlyList<string> more) =>
        [Contours.Chart, .. contour.Values.Concat(more).Append(file).SelectMany(path => (string[])["-f", path])];

    /// <summary>--kubeconfig, P25_KUBECONFIG_STAGE, or what kubectl itself takes.</summary>
    private string? KubeconfigOf(Contour contour) =>
        Context.Variable($"P25_KUBECONFIG_{contour.Variable}") is { Length: > 0 } own ? own : kubeconfig;
}
