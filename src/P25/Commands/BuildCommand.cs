using System.CommandLine;
using P25.Releases;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 build</c>: images into the registry, and <c>release.json</c>.</summary>
internal static class BuildCommand
{
    public static Command Create(CommonOptions common)
    {
        var reference = new Argument<string?>("ref") { Description = "The ref that is built. Default: $GITHUB_REF, or the branch that is checked out.", Arity = ArgumentArity.ZeroOrOne };
        var registry = new Option<string?>("--registry") { Description = "Registry and path of the images: registry.example/pcbench. Default: $P25_REGISTRY." };
        var output = new Option<string>("--out") { Description = "Where to write the release. Default: release.json.", DefaultValueFactory = _ => "release.json" };
        var dirty = new Option<bool>("--allow-dirty") { Description = "Build although files differ from the commit: for trying things out." };
        var with = new Option<string[]>("--with") { Description = "An argument that is passed on to the build, such as --with=--base-nginx=IMAGE.", DefaultValueFactory = _ => [] };
        var command = new CommandWithExamples("build", "Build the three images of the commit that is checked out, push them, and write their digests down as a release.", """
            p25 build --registry registry.example/pcbench
            p25 build v1.2.3-beta1 --registry registry.example/pcbench --out release.json
            p25 build main --dry-run
            """)
        {
            reference, registry, output, dirty, with,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var text = parsed.GetValue(reference) ?? common.Context.Variable("GITHUB_REF") ?? await session.Git.BranchAsync(cancel) ?? "HEAD";
            var builder = new ReleaseBuilder(session);
            var decision = await builder.DecideAsync(text, cancel);
            var draft = await builder.DraftAsync(decision, parsed.GetValue(dirty), cancel);
            var to = parsed.GetValue(registry) ?? common.Context.Variable("P25_REGISTRY") ?? "";
            if (to.Length == 0)
                throw new P25Exception(P25ExitCodes.Usage, "There is no registry.", "Give --registry, or set P25_REGISTRY: registry.example/pcbench.");
            if (session.DryRun)
            {
                session.Say($"Would build {draft.Version} of commit {draft.Commit} for {decision.Contour}, and push it to {to}.");
                CommonOptions.Answer(session, draft, P25Json.Readable.Release);
                return P25ExitCodes.Ok;
            }

            var release = draft with { Images = await builder.BuildAsync(to, draft.Version, parsed.GetRequiredValue(with), cancel) };
            release.Write(parsed.GetRequiredValue(output));
            session.Say($"{release} for {decision.Contour} is in {parsed.GetRequiredValue(output)}.");
            CommonOptions.Answer(session, release, P25Json.Readable.Release, release.Id);
            return P25ExitCodes.Ok;
        });
        return command;
    }
}
