using System.CommandLine;
using P25.Deploys;
using P25.Observe;
using P25.Plans;
using P25.Releases;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 deploy</c>: brings a release to a contour, verifies it, and goes back where it fails.</summary>
internal static class DeployCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var file = CommonOptions.ReleaseFile();
        var plan = new Option<string?>("--plan") { Description = "The plan's file, or its hash: refuse where what would be done differs from it." };
        var reason = CommonOptions.Reason();
        var confirm = CommonOptions.Confirm();
        var values = CommonOptions.Values();
        var wait = CommonOptions.Wait();
        var takeOver = new Option<bool>("--take-over") { Description = "Take back fields that others have changed since ('p25 drift' lists them)." };
        var command = new CommandWithExamples("deploy", """
            Bring a release to a contour, verify it, and write down how it went. Where it fails and the contour rolls back by
            itself, the last verified release is back at the end (exit code 10) and the failed one is on hold.
            """, """
            p25 deploy stage
            p25 deploy beta --release release.json --wait 15m
            p25 deploy prod --plan plan.json --reason 'release 1.2.3' --confirm prod
            p25 deploy prod --plan plan.json --reason 'release 1.2.3' --confirm prod --dry-run
            """)
        {
            contour, file, plan, reason, confirm, values, wait, takeOver,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var release = Release.Read(parsed.GetRequiredValue(file));
            CommonOptions.RequireRef(session, where, release);
            var actor = await session.ActorAsync(cancel);
            var request = new DeployRequest(
                release, actor, parsed.GetValue(reason), common.IsConfirmed(where, parsed.GetValue(confirm)), HashOf(parsed.GetValue(plan)),
                common.ValuesOf(parsed.GetRequiredValue(values)), parsed.GetValue(takeOver));
            var patience = CommonOptions.SpanOf(parsed.GetRequiredValue(wait), "--wait");
            if (session.DryRun)
            {
                var (prepared, _) = await new DeployRun(session, where, request).PrepareAsync(cancel);
                session.Say($"Would deploy {release} to {where.Name}: {prepared.Changes.Count} objects differ, plan {prepared.Hash}.");
                CommonOptions.Answer(session, prepared, P25Json.Readable.Plan);
                return P25ExitCodes.Ok;
            }

            await using var mine = await session.LockAsync(where, actor, $"deploy {release}", patience, cancel);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, mine.Lost);
            await using var silence = await Silence.StartAsync(session, where, actor, $"deploy {release}", both.Token);
            await new Recovery(session, where).RunAsync(actor, both.Token);
            var (record, rollback) = await new DeployRun(session, where, request).RunAsync(both.Token);
            await session.Announcer(where).TellAsync(both.Token);
            var outcome = new Outcome(where.Name, record, rollback);
            CommonOptions.Answer(session, outcome, P25Json.Readable.Outcome, outcome.Lines());
            if (record.Ending != Ledger.Ending.Verified && where.Rules.Rollback != Policy.RollbackMode.Automatic)
                session.Say($"{where.Name} stands as it is. To go back: p25 rollback {where.Name} --reason '…'");
            return outcome.ExitCode;
        });
        return command;
    }

    private static string? HashOf(string? plan) => plan is null || Plan.IsHash(plan) ? plan : Plan.Read(plan).Hash;
}
