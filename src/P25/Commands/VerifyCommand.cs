using System.CommandLine;
using P25.Releases;
using P25.Verify;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 verify</c>: whether what runs is what should run, and works.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var file = new Option<string?>("--release") { Description = "The release that should run. Default: what the ledger says was last brought there." };
        var window = new Option<string?>("--window") { Description = "How long to watch the answers. Default: the contour's verify.window." };
        var command = new CommandWithExamples("verify", "Check a contour: rollout, running digests, health, version, a submission, the share of errors. Nothing is changed but one private result that is deleted again.", """
            p25 verify stage
            p25 verify prod --window 5m --json
            """)
        {
            contour, file, window,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            if (session.DryRun)
                where = where with { Verify = where.Verify with { Smoke = null } };
            var release = parsed.GetValue(file) is { } path ? Release.Read(path) : (await session.Ledger(where).ReadAsync(cancel)).Latest?.Release
                ?? throw new P25Exception(P25ExitCodes.NotFound, $"Nothing was ever deployed to {where.Name} by p25.", "Name the release with --release.");
            var span = parsed.GetValue(window) is { } text ? CommonOptions.SpanOf(text, "--window") : where.Verify.Window;
            var verification = await new Verifier(session, where).RunAsync(release, span, null, check => session.Say(Checks.Line(check)), cancel);
            CommonOptions.Answer(session, verification, P25Json.Readable.Verification, verification.Passed ? $"{release} holds in {where.Name}" : $"{release} does not hold in {where.Name}: {verification.Failure}");
            return verification.Passed ? P25ExitCodes.Ok : P25ExitCodes.Failed;
        });
        return command;
    }
}
