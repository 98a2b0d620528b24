using P25.Contours;
using P25.Ledger;
using P25.Releases;
using P25.Tools;
using P25.Verify;

namespace P25.Deploys;

/// <summary>Brings a contour back to a verified release. Under the lock.</summary>
internal sealed class RollbackRun(Session session, Contour contour)
{
    /// <summary>Goes back, verifies, and writes it down.</summary>
    /// <param name="target">The verified release's record.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The record.</returns>
    public async Task<LedgerRecord> RunAsync(LedgerRecord target, string actor, string reason, CancellationToken cancel)
    {
        var release = target.Release!;
        var run = new RunRecord(session, contour);
        var helm = session.Helm(contour);
        if ((await helm.HistoryAsync(cancel)).All(one => one.Revision != target.Revision))
        {
            throw new P25Exception(P25ExitCodes.NotFound, $"Helm no longer has revision {target.Revision} of {release}.",
                $"Deploy it instead: p25 history {contour.Name} --json | jq '.[] | select(.number == {target.Number}) | .release' > release.json");
        }

        await run.BeginAsync(number => Started(number, release, actor, reason), cancel);
        session.Say($"Rolling {contour.Name} back to {release}.");
        var kubectl = session.Kubectl(contour);
        var label = session.Contours.Label;
        await StopMigrationsAsync(kubectl, label, cancel);
        var watch = new RolloutWatch(kubectl, release, label, session.Context.Time, session.Say);
        var problem = await watch.RunAsync(stop => helm.RollbackAsync(target.Revision!.Value, contour.Timeout, wait: true, stop), cancel);
        if (problem is not null)
            session.Say($"Helm did not see it ready in time ({problem}); what counts is what runs:");
        problem = (await new Verifier(session, contour).RunAsync(release, TimeSpan.Zero, null, check => session.Say(Checks.Line(check)), cancel)).Failure;
        return await run.EndAsync(problem, cancel);
    }

    /// <summary>A migration that never came to its end would go on changing the database under the release that comes back.</summary>
    private async Task StopMigrationsAsync(Kubectl kubectl, string label, CancellationToken cancel)
    {
        foreach (var job in Workloads.UnendedHooks(await kubectl.ListAsync(cancel, "jobs", "-l", label)))
        {
            session.Say($"Stopping Job {job}, which has not ended.");
            var stopped = await kubectl.RunAsync(["delete", "job", job, "--ignore-not-found"], cancel);
            if (!stopped.Succeeded)
                throw kubectl.Failure("delete", ["job", job], stopped);
        }
    }

    private LedgerRecord Started(int number, Release release, string actor, string reason) => new()
    {
        Number = number,
        Deed = Deed.Rollback,
        Ending = Ending.Started,
        At = session.Context.Time.GetUtcNow(),
        Release = release,
        Actor = actor,
        Reason = reason,
    };
}
