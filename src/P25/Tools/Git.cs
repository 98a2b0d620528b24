namespace P25.Tools;

/// <summary>What p25 asks of the checked-out repository.</summary>
internal sealed class Git(IToolRunner runner)
{
    public async Task<string?> CommitOfAsync(string reference, CancellationToken cancel) =>
        await LineAsync(cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}");

    /// <summary>Whether a ref's commit is on the main branch; null where the repository does not know one of them.</summary>
    public async Task<bool?> IsOnAsync(string reference, string mainBranch, CancellationToken cancel)
    {
        if (await CommitOfAsync(reference, cancel) is not { } commit)
            return null;
        var main = await CommitOfAsync($"refs/remotes/origin/{mainBranch}", cancel) ?? await CommitOfAsync($"refs/heads/{mainBranch}", cancel);
        if (main is null)
            return null;
        return (await RunAsync(cancel, "merge-base", "--is-ancestor", commit, main)).ExitCode switch { 0 => true, 1 => false, _ => null };
    }

    /// <summary>Hashes of folders and files as a commit has them, one a line: <c>HASH path</c>.</summary>
    public async Task<string?> TreeAsync(string commit, IEnumerable<string> paths, CancellationToken cancel)
    {
        var result = await RunAsync(cancel, ["ls-tree", commit, "--", .. paths]);
        return result.Succeeded ? result.Output : null;
    }

    public async Task<bool> IsCleanAsync(CancellationToken cancel) => (await LineAsync(cancel, "status", "--porcelain", "--untracked-files=no")) is null;

    public Task<string?> BranchAsync(CancellationToken cancel) => LineAsync(cancel, "symbolic-ref", "--quiet", "HEAD");

    public Task<string?> ConfigAsync(string key, CancellationToken cancel) => LineAsync(cancel, "config", key);

    private async Task<string?> LineAsync(CancellationToken cancel, params string[] words)
    {
        try
        {
            var result = await RunAsync(cancel, words);
            return result.Succeeded && result.Output.Trim() is { Length: > 0 } line ? line : null;
        }
        catch (P25Exception)
        {
            return null; // no git here: what it would know is not known
        }
    }

    private Task<ToolResult> RunAsync(CancellationToken cancel, params IReadOnlyList<string> words) => runner.RunAsync(new ToolCall("git", words), cancel);
}
