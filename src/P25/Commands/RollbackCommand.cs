using System.CommandLine;
using P25.Contours;
using P25.Deploys;
using P25.Ledger;
using P25.Observe;
using P25.Policy;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 rollback</c>: a contour goes back to a verified release.</summary>
internal static class RollbackCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var to = new Option<string?>("--to") { Description = "A verified release's id or version. Default: the one before what stands now." };
        var reason = CommonOptions.Reason(required: true);
        var confirm = CommonOptions.Confirm();
        var wait = CommonOptions.Wait();
        var noHold = new Option<bool>("--no-hold") { Description = "Do not put the release that is left on hold." };
        var command = new CommandWithExamples("rollback", "Go back to the last verified release, verify it, and put the one that is left on hold. Refused across a contract migration.", """
            p25 rollback stage --reason 'pages are slow'
            p25 rollback beta --to 1.2.3-beta1 --reason 'beta2 loses drafts'
            p25 rollback prod --reason 'incident 17' --confirm prod
            p25 rollback prod --reason 'incident 17' --confirm prod --dry-run
            """)
        {
            contour, to, reason, confirm, wait, noHold,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var why = CommonOptions.ReasonOf(parsed.GetValue(reason));
            if (where.Rules.Rollback == RollbackMode.Manual && !common.IsConfirmed(where, parsed.GetValue(confirm)))
                throw new P25Exception(P25ExitCodes.Refused, "It is not confirmed.", $"Add --confirm {where.Name}.");
            var actor = await session.ActorAsync(cancel);
            if (session.DryRun)
            {
                var ledger = await session.Ledger(where).ReadAsync(cancel);
                var there = TargetOf(ledger, where, parsed.GetValue(to));
                session.Say($"Would roll {where.Name} back from {ledger.Latest?.Release} to {there.Release}.");
                CommonOptions.Answer(session, there, P25Json.Readable.LedgerRecord);
                return P25ExitCodes.Ok;
            }

            await using var mine = await session.LockAsync(where, actor, "rollback", CommonOptions.SpanOf(parsed.GetRequiredValue(wait), "--wait"), cancel);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, mine.Lost);
            await using var silence = await Silence.StartAsync(session, where, actor, "rollback", both.Token);
            await new Recovery(session, where).RunAsync(actor, both.Token);
            var before = await session.Ledger(where).ReadAsync(both.Token);
            var target = TargetOf(before, where, parsed.GetValue(to));
            if (!parsed.GetValue(noHold) && before.Latest?.Release is { } left && left.Id != target.Release!.Id)
                await session.Ledger(where).ChangeAsync(state => state.HoldOn(left) is null ? Holds.Place(state, left, $"it was rolled back: {why}", actor, common.Context.Time.GetUtcNow()) : state, both.Token);
            var record = await new RollbackRun(session, where).RunAsync(target, actor, why, both.Token);
            await session.Announcer(where).TellAsync(both.Token);
            var outcome = new Outcome(where.Name, record, null);
            CommonOptions.Answer(session, outcome, P25Json.Readable.Outcome, outcome.Lines());
            return outcome.ExitCode;
        });
        return command;
    }

    private static LedgerRecord TargetOf(LedgerState ledger, Contour contour, string? wanted)
    {
        var target = RollbackRules.Target(ledger, wanted) ?? throw new P25Exception(P25ExitCodes.NotFound,
            wanted is null ? $"There is no verified release in {contour.Name} to go back to." : $"'{wanted}' was never verified in {contour.Name}.", $"'p25 history {contour.Name}' lists what was.");
        return RollbackRules.Check(ledger, target.Release!) is { } refusal ? throw new P25Exception(P25ExitCodes.Refused, refusal.Reason, refusal.Fix) : target;
    }
}
