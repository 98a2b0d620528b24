using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using P25.Policy;
using P25.Tools;

namespace P25.Releases;

/// <summary>Makes a release of the commit that is checked out.</summary>
internal sealed class ReleaseBuilder(Session session)
{
    /// <summary>The policy's decision about a ref; what enters no contour, or is promoted, is not built.</summary>
    public async Task<Decision> DecideAsync(string reference, CancellationToken cancel)
    {
        var git = GitRef.Read(reference);
        var main = session.Contours.MainBranch;
        var onMain = await session.Git.IsOnAsync(git.Version is null ? "HEAD" : git.FullName, main, cancel);
        var decision = ReleasePolicy.Decide(session.Contours.Rules, session.Contours.MainBranch, reference, new RefFacts(CommitOnMain: onMain));
        if (!decision.Allowed)
            throw new P25Exception(P25ExitCodes.Refused, decision.Reason, decision.Fix);
        if (git.Version is not null && onMain is null)
            throw new P25Exception(P25ExitCodes.Refused, $"Whether {git.Name} names a commit on {main} is not known here.", $"Fetch both: git fetch --tags origin {main}");
        if (git.Version is null && onMain != true && await session.Git.BranchAsync(cancel) != git.FullName)
            throw new P25Exception(P25ExitCodes.Refused, $"The commit that is checked out is not on {main}.", $"git switch {main}");
        return session.Contours[decision.Contour!].Rules.From is { } from
            ? throw new P25Exception(P25ExitCodes.Refused, $"What enters {decision.Contour} is not built: it is what was verified in {from}.", $"p25 promote {git.Name}")
            : decision;
    }

    /// <summary>The release without its images.</summary>
    public async Task<Release> DraftAsync(Decision decision, bool allowDirty, CancellationToken cancel)
    {
        var commit = await session.Git.CommitOfAsync("HEAD", cancel)
            ?? throw new P25Exception(P25ExitCodes.Usage, "This is no checked-out repository.", "Run p25 build in a clone.");
        if (GitRef.Read(decision.Ref) is { Version: not null } tag && await session.Git.CommitOfAsync(tag.FullName, cancel) is { } tagged && tagged != commit)
            throw new P25Exception(P25ExitCodes.Refused, $"{tag.Name} names commit {tagged[..12]}; checked out is {commit[..12]}.", $"git switch --detach {tag.Name}");
        if (!allowDirty && !await session.Git.IsCleanAsync(cancel))
            throw new P25Exception(P25ExitCodes.Refused, "Files differ from the commit, so nobody could build this again.", "Commit them, or add --allow-dirty to try something out.");
        return new Release
        {
            Schema = Release.CurrentSchema,
            Version = decision.Version ?? $"{session.Contours.MainBranch}-{commit[..12]}",
            Ref = decision.Ref,
            Commit = commit,
            Content = await ContentAsync(commit, cancel),
            BuiltAt = session.Context.Time.GetUtcNow(),
            BuiltBy = await session.ActorAsync(cancel),
            Images = new Dictionary<string,
            ImageRef>(),
            Migrations = Migrations(),
        };
    }

    /// <summary>Builds and pushes the images.</summary>
    /// <returns>Each by its digest.</returns>
    public async Task<IReadOnlyDictionary<string, ImageRef>> BuildAsync(string registry, string tag, IReadOnlyList<string> more, CancellationToken cancel)
    {
        var result = await session.Runner.RunAsync(
            new ToolCall(Path.GetFullPath(session.Contours.Build), ["--registry", registry, "--tag", tag, .. more]) { OnLine = session.Say }, cancel);
        if (!result.Succeeded)
            throw new P25Exception(P25ExitCodes.Unreachable, $"{session.Contours.Build} failed: {result.LastError}", "Its own lines above say more.");
        var images = ImagesOf(result.Output);
        return Release.ImageNames.FirstOrDefault(name => !images.ContainsKey(name)) is { } missing
            ? throw new P25Exception(P25ExitCodes.Unreachable, $"{session.Contours.Build} told no digest of {missing}.", "It must print a line of JSON for each image: image, repository, digest.")
            : images;
    }

    /// <summary>Reads the lines of JSON that the build prints.</summary>
    internal static Dictionary<string, ImageRef> ImagesOf(string output)
    {
        var images = new Dictionary<string, ImageRef>();
        foreach (var line in output.Split('\n').Where(line => line.StartsWith('{')))
        {
            try
            {
                var image = JsonNode.Parse(line);
                if ((string?)(image?["image"] ?? image?["name"]) is { } name && (string?)image?["repository"] is { } repository && (string?)image?["digest"] is { } digest)
                    images[name == "ml-service" ? "ml" : name] = new ImageRef(repository, digest);
            }
            catch (JsonException)
            {
                // A line of a log that begins with a brace.
            }
        }

        return images;
    }

    private async Task<string> ContentAsync(string commit, CancellationToken cancel)
    {
        var tree = await session.Git.TreeAsync(commit, session.Contours.Content, cancel) ?? commit;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tree)));
    }

    private List<string> Migrations()
    {
        if (!Directory.Exists(session.Contours.Migrations))
            throw new P25Exception(P25ExitCodes.Usage, $"There is no folder '{session.Contours.Migrations}'.", "Run p25 in the repository's root; 'migrations' in contours.yaml names the folder.");
        return [.. Directory.GetFiles(session.Contours.Migrations, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];
    }
}
