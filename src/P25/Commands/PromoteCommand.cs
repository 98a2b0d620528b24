using System.CommandLine;
using P25.Policy;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 promote</c>: the release that was verified upstream, under its final version.</summary>
internal static class PromoteCommand
{
    public static Command Create(CommonOptions common)
    {
        var reference = new Argument<string>("ref") { Description = "The release's tag: vX.Y.Z. Default: $GITHUB_REF.", DefaultValueFactory = _ => common.Context.Variable("GITHUB_REF") ?? "" };
        var commit = new Option<string?>("--commit") { Description = "The commit that the tag names. Default: what git knows of it here." };
        var output = new Option<string>("--out") { Description = "Where to write the release. Default: release.json.", DefaultValueFactory = _ => "release.json" };
        var command = new CommandWithExamples("promote", "Write the release of a tag vX.Y.Z: exactly the digests that were verified as a beta of it, of the same commit. Nothing is built.", """
            p25 promote v1.2.3
            p25 promote v1.2.3 --out release.json && p25 plan prod --out plan.json
            """)
        {
            reference, commit, output,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var git = GitRef.Read(parsed.GetRequiredValue(reference));
            var of = parsed.GetValue(commit) ?? await session.Git.CommitOfAsync(git.FullName, cancel);
            var onMain = of is null ? null : await session.Git.IsOnAsync(of, session.Contours.MainBranch, cancel);
            var decision = ReleasePolicy.Decide(session.Contours.Rules, session.Contours.MainBranch, parsed.GetRequiredValue(reference), new RefFacts(CommitOnMain: onMain));
            if (!decision.Allowed)
                throw new P25Exception(P25ExitCodes.Refused, decision.Reason, decision.Fix);
            if (session.Contours[decision.Contour!].Rules.From is not { } from)
                throw new P25Exception(P25ExitCodes.Refused, $"{git.Name} enters {decision.Contour}, to which nothing is promoted.", $"Build it: p25 build {git.Name}");
            if (of is not { Length: 40 or 64 })
                throw new P25Exception(P25ExitCodes.NotFound, $"The commit of {git.Name} is not known here.", "Fetch the tag, or name the commit's full hash with --commit.");
            var ledger = await session.Ledger(session.Contours[from]).ReadAsync(cancel);
            if (PromotionRules.Promote(git.Version!, of, from, ledger, out var refusal) is not { } release)
                throw new P25Exception(P25ExitCodes.Refused, refusal!.Reason, refusal.Fix);
            session.Say($"{release} is {release.PromotedFrom!.Version}, verified in {from} (record {release.PromotedFrom.Record}).");
            if (!session.DryRun)
                release.Write(parsed.GetRequiredValue(output));
            CommonOptions.Answer(session, release, P25Json.Readable.Release, release.Id);
            return P25ExitCodes.Ok;
        });
        return command;
    }
}
