using P25.Contours;
using P25.Ledger;
using P25.Plans;
using P25.Policy;
using P25.Releases;
using P25.Verify;

namespace P25.Deploys;

/// <summary>What a deploy is asked to do.</summary>
/// <param name="Release">What.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Confirmed">Whether the contour's name was given as confirmation.</param>
/// <param name="ExpectedPlan">The hash of the plan that was looked at; null: any.</param>
/// <param name="Values">More files of values.</param>
/// <param name="TakeOver">Whether fields that others have changed are taken back.</param>
internal sealed record DeployRequest(Release Release, string Actor, string? Reason, bool Confirmed, string? ExpectedPlan, IReadOnlyList<string> Values, bool TakeOver);

/// <summary>Brings a release to a contour, verifies it, and goes back where it fails and the contour says so. Under the lock.</summary>
internal sealed class DeployRun(Session session, Contour contour, DeployRequest request)
{
    private readonly Release release = request.Release;

    /// <summary>Renders the plan and asks the gate; nothing is changed.</summary>
    public async Task<(Plan Plan, Approval? Approval)> PrepareAsync(CancellationToken cancel)
    {
        var ledger = await session.Ledger(contour).ReadAsync(cancel);
        var plan = await new Planner(session, contour).MakeAsync(release, request.Actor, request.Values, cancel);
        if (request.ExpectedPlan is { } expected && expected != plan.Hash)
        {
            throw new P25Exception(P25ExitCodes.Refused, $"The plan is no longer what was looked at: it was {expected[..12]}, now it is {plan.Hash[..12]}.",
                $"What is live, the values or the release has changed. Look again: p25 plan {contour.Name} --out plan.json");
        }

        var facts = new GateFacts(release, ledger, await session.UpstreamAsync(contour, cancel), request.Actor, request.Reason, request.Confirmed, plan.Hash, session.Context.Time.GetUtcNow());
        if (GateRules.Check(contour.Rules, facts).ToList() is { Count: > 0 } refusals)
            throw new P25Exception(P25ExitCodes.Refused, string.Join('\n', refusals.Select(one => one.Reason)), string.Join('\n', refusals.Select(one => one.Fix)));
        await AccessKey.RequireAsync(session, contour, cancel);
        return (plan, GateRules.ApprovalOf(contour.Rules, facts));
    }

    /// <returns>The record of the deploy, and of the rollback where there was one.</returns>
    public async Task<(LedgerRecord Deploy, LedgerRecord? Rollback)> RunAsync(CancellationToken cancel)
    {
        var (plan, approval) = await PrepareAsync(cancel);
        var run = new RunRecord(session, contour);
        var verifier = new Verifier(session, contour);
        var before = await verifier.BaselineAsync(cancel);
        await run.BeginAsync(number => Started(number, plan, approval), cancel);
        var problem = await RollOutAsync(cancel);
        var done = RollbackRules.Done(release, failed: RolloutWatch.IsOfMigration(problem)).ToList();
        await session.Ledger(contour).ChangeAsync(state => done.Except(state.Contracts).Any() ? state.Seen(done) : state, cancel);
        if (problem is null)
        {
            session.Say("Verifying:");
            problem = (await verifier.RunAsync(release, contour.Verify.Window, before, check => session.Say(Checks.Line(check)), cancel)).Failure;
        }

        var record = await run.EndAsync(problem, cancel);
        return (record, problem is not null && contour.Rules.Rollback == RollbackMode.Automatic ? await GoBackAsync(record, cancel) : null);
    }

    private async Task<string?> RollOutAsync(CancellationToken cancel)
    {
        using var values = new ReleaseValues(release);
        var helm = session.Helm(contour);
        var watch = new RolloutWatch(session.Kubectl(contour), release, session.Contours.Label, session.Context.Time, session.Say);
        session.Say($"Deploying {release} to {contour.Name}.");
        return await watch.RunAsync(
            stop => helm.UpgradeAsync(session.Chart(contour, values.Path, request.Values), contour.Timeout, $"{release} by {request.Actor}: {request.Reason ?? release.Ref}", request.TakeOver, stop), cancel);
    }

    /// <summary>Back to the last verified release, and a hold: else the next push of the same would bring it back.</summary>
    private async Task<LedgerRecord?> GoBackAsync(LedgerRecord failed, CancellationToken cancel)
    {
        session.Say($"It failed: {failed.Detail}");
        var ledger = await session.Ledger(contour).ChangeAsync(state => Holds.Place(state, release, $"it failed: {failed.Detail}", "p25", session.Context.Time.GetUtcNow()), cancel);
        session.Say($"{release} is on hold: a release that differs may be deployed.");
        if (RollbackRules.Target(ledger) is not { } target)
        {
            session.Say($"No release was ever verified in {contour.Name}; there is nothing to go back to.");
            return null;
        }

        if (RollbackRules.Check(ledger, target.Release!) is { } refusal)
        {
            session.Say($"There is no way back: {refusal.Reason} {refusal.Fix}");
            return null;
        }

        await new Recovery(session, contour).RunAsync("p25", cancel);
        return await new RollbackRun(session, contour).RunAsync(target, "p25", $"{release} failed: {failed.Detail}", cancel);
    }

    private LedgerRecord Started(int number, Plan plan, Approval? approval) => new()
    {
        Number = number,
        Deed = Deed.Deploy,
        Ending = Ending.Started,
        At = session.Context.Time.GetUtcNow(),
        Release = release,
        Actor = request.Actor,
        Approver = approval?.Approver,
        Reason = request.Reason ?? $"push of {release.Ref}",
        Plan = plan.Hash,
    };
}
