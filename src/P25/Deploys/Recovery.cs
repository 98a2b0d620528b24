using P25.Contours;
using P25.Ledger;
using P25.Policy;

namespace P25.Deploys;

/// <summary>Puts in order what a killed p25 or helm left behind: a pending revision, a record that says "started". Under the lock.</summary>
internal sealed class Recovery(Session session, Contour contour)
{
    /// <summary>What is left behind; null where nothing is.</summary>
    public async Task<string?> FindAsync(CancellationToken cancel)
    {
        var ledger = await session.Ledger(contour).ReadAsync(cancel);
        var pending = (await session.Helm(contour).HistoryAsync(cancel)).LastOrDefault() is { IsPending: true } last ? last : null;
        return (ledger.Unfinished, pending) switch
        {
            (null, null) => null,
            ({ } record, null) => $"{record.Deed} {record.Release} by {record.Actor}, begun {record.At:yyyy-MM-dd HH:mm:ss} UTC, never ended",
            (null, { } revision) => $"Helm's revision {revision.Revision} is {revision.Status} since {revision.Updated}",
            ({ } record, { } revision) => $"{record.Deed} {record.Release} by {record.Actor}, begun {record.At:yyyy-MM-dd HH:mm:ss} UTC, never ended; Helm's revision {revision.Revision} is {revision.Status}",
        };
    }

    /// <summary>Brings Helm back to a state from which it works, and says so in the ledger.</summary>
    public async Task RunAsync(string actor, CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } left)
            return;
        session.Say($"Recovering {contour.Name}: {left}.");

        // How far its migrations came is not known: what they may have taken away counts as gone.
        var ledger = await session.Ledger(contour).ChangeAsync(
            state => state.Unfinished is { Deed: Deed.Deploy, Release: { } begun } && begun.Contracts.Except(state.Contracts).Any() ? state.Seen(begun.Contracts) : state, cancel);
        var history = await session.Helm(contour).HistoryAsync(cancel);
        if (history.LastOrDefault() is { IsPending: true } pending)
            await UnblockAsync(ledger, history, pending, cancel);
        var revision = (await session.Helm(contour).HistoryAsync(cancel)).LastOrDefault()?.Revision;
        await session.Ledger(contour).ChangeAsync(state =>
        {
            foreach (var record in state.Records.Where(record => record.Ending == Ending.Started).ToList())
                state = state.Replace(record with { Ending = Ending.Interrupted, Told = false, Detail = "p25 was killed" });
            return state.Add(new LedgerRecord
            {
                Number = state.NextNumber,
                Deed = Deed.Recover,
                Ending = Ending.Done,
                At = session.Context.Time.GetUtcNow(),
                Actor = actor,
                Revision = revision,
                Reason = "an interrupted change was put in order",
                Detail = left,
            });
        }, cancel);
    }

    /// <summary>
    /// Back to what was last verified. Where nothing ever was, or it cannot run on the database any more, the pending revision's own
    /// record is what stands in the way: without it the next deploy takes over the objects that are there.
    /// </summary>
    private async Task UnblockAsync(LedgerState ledger, IReadOnlyList<Tools.HelmRevision> history, Tools.HelmRevision pending, CancellationToken cancel)
    {
        if (ledger.LastVerified is { Revision: { } revision, Release: { } good } && history.Any(one => one.Revision == revision) && RollbackRules.Check(ledger, good) is null)
        {
            var back = await session.Helm(contour).RollbackAsync(revision, contour.Timeout, wait: false, cancel);
            if (back.Succeeded)
                return;
            session.Say($"helm rollback to revision {revision} did not work: {back.LastError}");
        }

        var secret = $"sh.helm.release.v1.{session.Contours.Release}.v{pending.Revision}";
        var removed = await session.Kubectl(contour).RunAsync(["delete", "secret", secret, "--ignore-not-found"], cancel);
        if (!removed.Succeeded)
            throw session.Kubectl(contour).Failure("delete", ["secret", secret], removed);
    }
}
