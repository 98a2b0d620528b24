using System.CommandLine;
using P25.Deploys;
using P25.Releases;
using P25.Verify;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 preflight</c>: whether a deploy could work.</summary>
internal static class PreflightCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var file = CommonOptions.ReleaseFile();
        var values = CommonOptions.Values();
        var command = new CommandWithExamples("preflight", "Check before a deploy: tools, permissions, Secrets, images, holds, the chart. Nothing is changed.", """
            p25 preflight stage
            p25 preflight prod --release release.json --json
            """)
        {
            contour, file, values,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var release = Release.Read(parsed.GetRequiredValue(file));
            CommonOptions.RequireRef(session, where, release);
            var findings = await new Preflight(session, where).RunAsync(release, common.ValuesOf(parsed.GetRequiredValue(values)), cancel);
            CommonOptions.Answer(session, findings, P25Json.Readable.IReadOnlyListFinding, findings.SelectMany(finding => finding.Lines()));
            return findings.Any(finding => finding.State == CheckState.Failed) ? P25ExitCodes.Refused : P25ExitCodes.Ok;
        });
        return command;
    }
}
