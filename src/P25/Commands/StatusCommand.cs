using System.CommandLine;
using P25.Contours;
using P25.Ledger;
using P25.Locks;
using P25.Verify;
using PcBench.Shared;

namespace P25.Commands;

/// <summary>A contour on one screen.</summary>
internal sealed record ContourStatus
{
    public required string Contour { get; init; }

    /// <summary>Why nothing more is known.</summary>
    public string? Problem { get; init; }

    /// <summary>What it was last brought to.</summary>
    public LedgerRecord? Latest { get; init; }

    public LedgerRecord? LastVerified { get; init; }

    /// <summary>Helm's word: deployed, failed, pending-upgrade …</summary>
    public string? Helm { get; init; }

    /// <summary>Ready replicas: <c>backend 3/3</c>.</summary>
    public IReadOnlyList<string> Ready { get; init; } = [];

    /// <summary>Who works on it.</summary>
    public string? LockedBy { get; init; }

    public IReadOnlyList<Hold> Holds { get; init; } = [];
}

/// <summary><c>p25 status</c>: the contours on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create(CommonOptions common)
    {
        var only = new Argument<string?>("contour") { Description = "One contour. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new CommandWithExamples("status", "Show every contour on one screen: what stands, since when, how ready it is, what was last verified, holds, locks.", """
            p25 status
            p25 status prod
            p25 status --json | jq '.[].latest.release.version'
            """)
        {
            only,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            IReadOnlyList<Contour> contours = parsed.GetValue(only) is { } name ? [session.Contours[name]] : session.Contours.Contours;
            var statuses = new List<ContourStatus>();
            foreach (var contour in contours)
                statuses.Add(await OfAsync(session, contour, cancel));
            var now = common.Context.Time.GetUtcNow();
            CommonOptions.Answer(session, statuses, P25Json.Readable.IReadOnlyListContourStatus, statuses.SelectMany(status => Lines(status, now)));
            return statuses.All(status => status.Problem is not null) ? P25ExitCodes.Unreachable : P25ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<ContourStatus> OfAsync(Session session, Contour contour, CancellationToken cancel)
    {
        try
        {
            var kubectl = session.Kubectl(contour);
            var ledger = await session.Ledger(contour).ReadAsync(cancel);
            var lease = await kubectl.GetAsync(cancel, "lease", ContourLock.Name);
            return new ContourStatus
            {
                Contour = contour.Name,
                Latest = ledger.Latest,
                LastVerified = ledger.LastVerified,
                Holds = ledger.Holds,
                Helm = (await session.Helm(contour).HistoryAsync(cancel)).LastOrDefault()?.Status,
                Ready = Workloads.Readiness(await kubectl.ListAsync(cancel, "deployments", "-l", session.Contours.Label)),
                LockedBy = ContourLock.HolderOf(lease),
            };
        }
        catch (P25Exception unreadable)
        {
            return new ContourStatus { Contour = contour.Name, Problem = unreadable.Message };
        }
    }

    private static IEnumerable<string> Lines(ContourStatus status, DateTimeOffset now)
    {
        if (status.Problem is { } problem)
        {
            yield return $"{status.Contour,-6} cannot be read: {problem}";
            yield break;
        }

        yield return status.Latest is { } latest
            ? $"{status.Contour,-6} {latest.Release}, {latest.Deed.ToString().ToLowerInvariant()} {latest.Ending.ToString().ToLowerInvariant()} {Span.Words(now - latest.At)} ago by {latest.Actor}; helm: {status.Helm ?? "nothing"}"
            : $"{status.Contour,-6} nothing was deployed by p25; helm: {status.Helm ?? "nothing"}";
        if (status.Ready.Count > 0)
            yield return $"       ready: {string.Join(", ", status.Ready)}";
        if (status.LastVerified is { } verified && verified.Number != status.Latest?.Number)
            yield return $"       last verified: {verified.Release}, {Span.Words(now - verified.At)} ago (record {verified.Number})";
        if (status.Latest?.Detail is { } detail)
            yield return $"       {detail}";
        if (status.LockedBy is { } holder)
            yield return $"       locked by {holder}";
        foreach (var hold in status.Holds)
            yield return $"       hold {hold.Number} on {hold.Version ?? "everything"} by {hold.Actor}: {hold.Reason}";
    }
}
