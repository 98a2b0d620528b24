using P25.Contours;
using P25.Locks;
using P25.Policy;
using P25.Verify;

namespace P25.Deploys;

/// <summary>Looks for what is stuck. Changes nothing.</summary>
internal sealed class Doctor(Session session, Contour contour)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        var preflight = new Preflight(session, contour);
        var findings = new List<Finding> { await preflight.HelmVersionAsync(cancel), await preflight.ClusterVersionAsync(cancel) };
        if (findings.Any(finding => finding.State == CheckState.Failed))
            return findings;
        findings.Add(await preflight.PermissionsAsync(cancel));
        findings.Add(await preflight.SecretsAsync(cancel));
        findings.Add(await LockAsync(cancel));
        findings.Add(await new Recovery(session, contour).FindAsync(cancel) is { } left
            ? Finding.Wrong("unfinished", left, $"If nobody is at it: p25 doctor {contour.Name} --fix. The next deploy does the same.")
            : Finding.Ok("unfinished", "nothing is left half done"));
        findings.AddRange(await LedgerAsync(cancel));
        findings.Add(await PodsAsync(cancel));
        return findings;
    }

    private async Task<Finding> LockAsync(CancellationToken cancel)
    {
        var lease = await session.Kubectl(contour).GetAsync(cancel, "lease", ContourLock.Name);
        if (ContourLock.HolderOf(lease) is not { } holder)
            return Finding.Ok("lock", "free");
        var age = ContourLock.AgeOf(lease, session.Context.Time.GetUtcNow()) ?? TimeSpan.Zero;
        return age > ContourLock.LifeOf(lease, contour.Lock)
            ? Finding.Note("lock", $"left behind by {holder}; not renewed for {Span.Words(age)}", "The next command takes it.")
            : Finding.Note("lock", $"held by {holder}");
    }

    private async Task<IEnumerable<Finding>> LedgerAsync(CancellationToken cancel)
    {
        var ledger = await session.Ledger(contour).ReadAsync(cancel);
        var target = RollbackRules.Target(ledger);
        return
        [
            target is null ? Finding.Note("way back", "there is no other verified release")
            : RollbackRules.Check(ledger, target.Release!) is { } refusal ? Finding.Note("way back", refusal.Reason, refusal.Fix)
            : Finding.Ok("way back", $"{target.Release}, Helm's revision {target.Revision}"),
            .. ledger.Holds.Select(hold => Finding.Note("hold", $"{hold.Number} on {hold.Version ?? "everything"} by {hold.Actor}: {hold.Reason}")),
        ];
    }

    private async Task<Finding> PodsAsync(CancellationToken cancel)
    {
        var label = session.Contours.Label;
        var kubectl = session.Kubectl(contour);
        var deployments = await kubectl.ListAsync(cancel, "deployments", "-l", label);
        var late = Workloads.NotRolledOut(deployments).ToList();
        var pods = await kubectl.ListAsync(cancel, "pods", "-l", label);
        var latest = (await session.Ledger(contour).ReadAsync(cancel)).Latest?.Release;
        var broken = latest is null ? [] : Workloads.Broken(latest, pods).ToList();
        if (latest is not null && late.Count > 0)
            late.AddRange(Causes.Of(latest, deployments, pods, await kubectl.ListAsync(cancel, "events", "--field-selector", "type=Warning")));
        if (broken.Count > 0)
            return Finding.Wrong("pods", $"{broken[0].Pod}: {broken[0].Cause}", $"kubectl logs -n {contour.Namespace} {broken[0].Pod} -c {broken[0].Container} --previous");
        return late.Count == 0
            ? Finding.Ok("pods", "all are ready")
            : Finding.Wrong("pods", string.Join("; ", late), $"kubectl describe pods -n {contour.Namespace} -l {label}");
    }
}
