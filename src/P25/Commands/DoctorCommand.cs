using System.CommandLine;
using P25.Deploys;
using P25.Verify;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 doctor</c>: what is stuck, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var fix = new Option<bool>("--fix") { Description = "Put in order what a killed deploy left behind: Helm's pending revision, the ledger's open record." };
        var wait = CommonOptions.Wait();
        var command = new CommandWithExamples("doctor", "Look for what is stuck: tools, permissions, the lock, a pending Helm release, a deploy that never ended, pods that die. Exit code 12: something is.", """
            p25 doctor stage
            p25 doctor stage --fix
            """)
        {
            contour, fix, wait,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            if (parsed.GetValue(fix) && !session.DryRun)
            {
                var actor = await session.ActorAsync(cancel);
                await using var mine = await session.LockAsync(where, actor, "doctor --fix", CommonOptions.SpanOf(parsed.GetRequiredValue(wait), "--wait"), cancel);
                await new Recovery(session, where).RunAsync(actor, cancel);
                await session.Announcer(where).TellAsync(cancel);
            }

            var findings = await new Doctor(session, where).RunAsync(cancel);
            CommonOptions.Answer(session, findings, P25Json.Readable.IReadOnlyListFinding, findings.SelectMany(finding => finding.Lines()));
            return findings.Any(finding => finding.State == CheckState.Failed) ? P25ExitCodes.Unhealthy : P25ExitCodes.Ok;
        });
        return command;
    }
}
