using System.CommandLine;
using P25.Deploys;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 drift</c>: what differs between what was deployed and what is there.</summary>
internal static class DriftCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var command = new CommandWithExamples("drift", "Show what was changed by hand since the deploy: the fields, and by which program. Exit code 11: something was.", """
            p25 drift stage
            p25 drift prod --json
            """)
        {
            contour,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var report = await new DriftFinder(session, where).RunAsync(cancel);
            CommonOptions.Answer(session, report, P25Json.Readable.DriftReport, Lines(where.Name, report));
            return report.HasDrift ? P25ExitCodes.Drift : P25ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Lines(string contour, DriftReport report)
    {
        if (!report.HasDrift)
            yield return $"{contour} is as it was deployed";
        foreach (var one in report.Missing)
            yield return $"missing {one}";
        foreach (var change in report.Changed)
        {
            yield return $"changed {change.Object}{(change.By.Count == 0 ? "" : $" by {string.Join(", ", change.By)}")}";
            foreach (var line in change.Lines)
                yield return $"    {line}";
        }

        foreach (var hand in report.Hands)
            yield return $"{hand.Object}: fields of {hand.Manager}, {hand.At}: {string.Join(", ", hand.Fields)}";
        if (report.HasDrift)
            yield return $"The next deploy puts it back; where a field is refused as somebody else's, with --take-over.";
    }
}
