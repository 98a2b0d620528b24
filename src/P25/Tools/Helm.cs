using System.Text.Json.Nodes;

namespace P25.Tools;

/// <summary>One Helm release in one namespace.</summary>
internal sealed class Helm(IToolRunner runner, string? kubeconfig, string space, string release)
{
    private const int HistoryMax = 20;

    /// <summary>The revisions that the cluster still has, oldest first.</summary>
    public async Task<IReadOnlyList<HelmRevision>> HistoryAsync(CancellationToken cancel)
    {
        var result = await RunAsync(["history", release, "-o", "json", "--max", "50"], cancel);
        if (result.Errors.Contains("not found", StringComparison.Ordinal))
            return [];
        return JsonNode.Parse(Require(result, "history"))!.AsArray().Select(one => new HelmRevision(
            (int)one!["revision"]!, (string)one["status"]!, (string?)one["updated"] ?? "", (string?)one["description"] ?? "")).ToList();
    }

    /// <summary>What the cluster was given by a revision.</summary>
    public async Task<string> ManifestAsync(int revision, CancellationToken cancel) =>
        Require(await RunAsync(["get", "manifest", release, "--revision", $"{revision}"], cancel), "get manifest");

    /// <summary>Renders an upgrade against the cluster without doing it.</summary>
    public async Task<HelmRendering> RenderAsync(IReadOnlyList<string> what, CancellationToken cancel)
    {
        var result = await RunAsync(["upgrade", release, .. what, "--install", "--dry-run=server", "--hide-secret", "-o", "json"], cancel);
        var rendered = JsonNode.Parse(Require(result, "upgrade --dry-run"))!;
        var hooks = rendered["hooks"]?.AsArray().Select(hook => (string?)hook?["manifest"] ?? "") ?? [];
        return new HelmRendering((string?)rendered["manifest"] ?? "", string.Join("\n---\n", hooks));
    }

    /// <summary>Installs or upgrades, and waits until everything is ready.</summary>
    public Task<ToolResult> UpgradeAsync(IReadOnlyList<string> what, TimeSpan timeout, string description, bool takeOver, CancellationToken cancel) =>
        RunAsync(
            [
                "upgrade", release, .. what, "--install", "--wait", "--timeout", Seconds(timeout), "--history-max", $"{HistoryMax}",
                "--description", description, .. takeOver ? (string[])["--force-conflicts"] : [],
            ],
            cancel);

    /// <summary>
    /// Applies a revision's manifest again. Where a revision that was not applied to its end takes an object away, that object is still
    /// there and Helm, which does not expect it, gives up. What it leaves is a revision that has the object, and from that one it goes on.
    /// </summary>
    public async Task<ToolResult> RollbackAsync(int revision, TimeSpan timeout, bool wait, CancellationToken cancel)
    {
        string[] call = ["rollback", release, $"{revision}", "--timeout", Seconds(timeout), "--history-max", $"{HistoryMax}", .. wait ? (string[])["--wait"] : []];
        var result = await RunAsync(call, cancel);
        return !result.Succeeded && result.Errors.Contains("original object", StringComparison.Ordinal) ? await RunAsync(call, cancel) : result;
    }

    public Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) =>
        runner.RunAsync(new ToolCall("helm", [.. arguments, "-n", space, .. kubeconfig is null ? (string[])[] : ["--kubeconfig", kubeconfig]]), cancel);

    private static string Seconds(TimeSpan span) => $"{(int)Math.Ceiling(span.TotalSeconds)}s";

    private static string Require(ToolResult result, string what)
    {
        if (result.Succeeded)
            return result.Output;
        var refused = result.Errors.Contains("forbidden", StringComparison.OrdinalIgnoreCase);
        throw new P25Exception(refused ? P25ExitCodes.Refused : P25ExitCodes.Unreachable, $"helm {what} failed: {result.LastError}",
            refused ? "Use the kubeconfig of this contour's deployer." : "Check the chart, the values and that the cluster answers; -v shows the call.");
    }
}

/// <summary>A line of Helm's history.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Status">deployed, superseded, failed, pending-upgrade …</param>
/// <param name="Updated">When, as Helm writes it.</param>
/// <param name="Description">What was said about it.</param>
internal sealed record HelmRevision(int Revision, string Status, string Updated, string Description)
{
    /// <summary>Whether Helm was at it when it last wrote, and never came back to say how it ended.</summary>
    public bool IsPending => Status.StartsWith("pending", StringComparison.Ordinal) || Status == "uninstalling";
}

/// <summary>What Helm would give to the cluster.</summary>
internal sealed record HelmRendering(string Manifest, string Hooks);
