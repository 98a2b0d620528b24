using System.Text.RegularExpressions;

namespace P25.Policy;

/// <summary>What a ref of git is to the release policy.</summary>
internal enum RefKind
{
    /// <summary>Not a name that git would take, or one that only looks like another.</summary>
    Invalid,

    /// <summary>A branch of this repository.</summary>
    Branch,

    /// <summary>A pull request, or a branch of a fork.</summary>
    PullRequest,

    /// <summary>A tag <c>vX.Y.Z-betaN</c>.</summary>
    BetaTag,

    /// <summary>A tag <c>vX.Y.Z</c>.</summary>
    ReleaseTag,

    /// <summary>Any other tag.</summary>
    OtherTag,

    /// <summary>A commit by its hash.</summary>
    Commit,
}

/// <summary>A ref, read strictly: what is not surely one thing is <see cref="RefKind.Invalid"/>.</summary>
/// <param name="FullName">As git writes it: <c>refs/heads/main</c>, <c>refs/tags/v1.2.3</c>; the text itself where it is no ref.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The branch's or the tag's own name.</param>
/// <param name="Version">The version that a beta's or a release's tag names.</param>
/// <param name="Problem">What is wrong with it, where something is.</param>
internal sealed partial record GitRef(string FullName, RefKind Kind, string Name, ReleaseVersion? Version = null, string? Problem = null)
{
    private const int MaxLength = 200;

    /// <summary>Reads a ref as git, GitHub or a person writes it: <c>refs/tags/v1.2.3</c>, <c>v1.2.3</c>, <c>main</c>, <c>refs/pull/7/merge</c>.</summary>
    public static GitRef Read(string text)
    {
        if (InvalidReason(text) is { } reason)
            return new GitRef(text, RefKind.Invalid, text, Problem: reason);
        if (text.StartsWith("refs/heads/", StringComparison.Ordinal))
            return Branch(text["refs/heads/".Length..]);
        if (text.StartsWith("refs/tags/", StringComparison.Ordinal))
            return Tag(text["refs/tags/".Length..]);
        if (PullRequestName().IsMatch(text))
            return new GitRef(text, RefKind.PullRequest, text);
        if (ForkBranch().IsMatch(text))
            return new GitRef(text, RefKind.PullRequest, text, Problem: "It names a branch of a fork.");
        if (text.StartsWith("refs/", StringComparison.Ordinal))
            return new GitRef(text, RefKind.Invalid, text, Problem: "It is neither a branch, nor a tag, nor a pull request.");
        if (Hash().IsMatch(text) || text == "HEAD")
            return new GitRef(text, RefKind.Commit, text);
        return LikeTag().IsMatch(text) ? Tag(text) : Branch(text);
    }

    private static GitRef Branch(string name) => new($"refs/heads/{name}", RefKind.Branch, name);

    private static GitRef Tag(string name) => ReleaseVersion.Read(name, out var problem) is { } version
        ? new GitRef($"refs/tags/{name}", version.Beta is null ? RefKind.ReleaseTag : RefKind.BetaTag, name, version)
        : new GitRef($"refs/tags/{name}", RefKind.OtherTag, name, Problem: problem);

    private static string? InvalidReason(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return $"It has {text.Length} characters; a ref has 1 to {MaxLength}.";
        if (text.FirstOrDefault(letter => letter is <= ' ' or > '~') is var bad and not '\0')
            return $"It has the character U+{(int)bad:X4}. Names of branches and tags that are deployed are printable ASCII without spaces.";
        if (text.Contains('\0', StringComparison.Ordinal))
            return "It has the character U+0000.";
        return NotOfGit().IsMatch(text) ? "Git takes no such name." : null;
    }

    [GeneratedRegex(@"\A(refs/)?(remotes/)?pull/[0-9]+/(merge|head)\z")]
    private static partial Regex PullRequestName();

    [GeneratedRegex(@"\A[A-Za-z0-9-]+:[^:]+\z")]
    private static partial Regex ForkBranch();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z|\A[0-9a-f]{64}\z")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\A[vV]?[0-9]+(\.|\z)")]
    private static partial Regex LikeTag();

    // git-check-ref-format(1), as far as it matters; a colon is left for "owner:branch".
    [GeneratedRegex(@"\.\.|@\{|[~^?*\[\\]|//|/\z|\A/|\.\z|\.lock\z|\A-")]
    private static partial Regex NotOfGit();
}
