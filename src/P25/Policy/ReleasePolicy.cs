namespace P25.Policy;

/// <summary>Which contour a ref enters, through which gate, by whom. Pure: the same facts give the same decision.</summary>
internal static class ReleasePolicy
{
    /// <param name="contours">The contours' rules.</param>
    /// <param name="mainBranch">Name of the main branch.</param>
    /// <param name="text">A ref, as somebody wrote it.</param>
    /// <param name="facts">What is known of it.</param>
    public static Decision Decide(IReadOnlyList<ContourRules> contours, string mainBranch, string text, RefFacts facts)
    {
        var git = GitRef.Read(text);
        if (git.Kind == RefKind.Invalid)
            return Refuse(git, git.Problem!, "Check how the ref was passed on; p25 deploys branches and tags by their exact names.");
        if (facts.Fork || git.Kind == RefKind.PullRequest || facts.Event == RefEvent.PullRequest)
            return Refuse(git, facts.Fork || git.Problem is not null ? "Forks are never deployed." : "Pull requests are never deployed.", $"Merge it: a push to {mainBranch} is deployed.");
        return git.Kind switch
        {
            RefKind.Branch when git.Name == mainBranch => Accept(git, contours, AcceptedRefs.Main, facts, mainBranch),
            RefKind.Branch => Refuse(git, $"Of branches only {mainBranch} is deployed.", $"Merge it into {mainBranch}."),
            RefKind.BetaTag => Accept(git, contours, AcceptedRefs.Beta, facts, mainBranch),
            RefKind.ReleaseTag => Accept(git, contours, AcceptedRefs.Release, facts, mainBranch),
            RefKind.OtherTag => Refuse(git, $"The tag '{git.Name}' names no version. {git.Problem}", "Delete the tag and push one that names a version."),
            _ => Refuse(git, "A commit by itself is not deployed.", $"Push it to {mainBranch}, or tag it."),
        };
    }

    private static Decision Accept(GitRef git, IReadOnlyList<ContourRules> contours, AcceptedRefs refs, RefFacts facts, string mainBranch)
    {
        if (contours.FirstOrDefault(one => one.Refs == refs) is not { } contour)
            return Refuse(git, "No contour takes such refs.", "See 'refs' in contours.yaml.");
        if (facts.CommitOnMain == false && refs != AcceptedRefs.Main)
            return Refuse(git, $"The tag's commit is not on {mainBranch}.", $"Merge the commit into {mainBranch}, then tag it there.");
        return new Decision(git.FullName, git.Kind, true, contour.Name, contour.Gate, git.Version?.ToString(), Who(contour, mainBranch),
            [.. Needs(contour, refs, facts, mainBranch)], $"{Words(refs, mainBranch)} enters {contour.Name}.", null);
    }

    private static IEnumerable<string> Needs(ContourRules contour, AcceptedRefs refs, RefFacts facts, string mainBranch)
    {
        if (refs != AcceptedRefs.Main && facts.CommitOnMain is null)
            yield return $"the tag's commit is on {mainBranch}";
        if (contour.From is { } from)
            yield return $"the same commit and digests were verified in {from}";
        if (contour.Gate == Gate.Approval)
        {
            var by = contour.Approval.By.Count == 0 ? "somebody" : string.Join(" or ", contour.Approval.By);
            yield return $"an approval of exactly this plan by {by}{(contour.Approval.OtherThanActor ? " other than who deploys" : "")}, at most {Span(contour.Approval.ValidFor)} old";
            yield return "a reason and a confirmation";
        }

        yield return "no hold on the release";
    }

    private static string Who(ContourRules contour, string mainBranch) => contour.Gate switch
    {
        Gate.Automatic => $"whoever may push to {mainBranch}",
        Gate.Workflow => "whoever may push such tags",
        _ => $"whoever may push such tags, once it is approved by {(contour.Approval.By.Count == 0 ? "an approver" : string.Join(" or ", contour.Approval.By))}",
    };

    private static string Words(AcceptedRefs refs, string mainBranch) => refs switch
    {
        AcceptedRefs.Main => $"A push to {mainBranch}",
        AcceptedRefs.Beta => "A beta's tag",
        _ => "A release's tag",
    };

    private static string Span(TimeSpan span) => span.TotalHours >= 1 ? $"{span.TotalHours:0.#} h" : $"{span.TotalMinutes:0} min";

    private static Decision Refuse(GitRef git, string reason, string fix) =>
        new(git.FullName, git.Kind, false, null, null, git.Version?.ToString(), "nobody", [], reason, fix);
}
