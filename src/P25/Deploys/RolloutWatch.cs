using System.Text.Json.Nodes;
using P25.Releases;
using P25.Tools;
using P25.Verify;

namespace P25.Deploys;

/// <summary>
/// Looks at the pods while Helm waits: tells how far it is, and ends the waiting once a pod will not get well by waiting. Helm alone would
/// wait for its whole timeout, and could not say why.
/// </summary>
internal sealed class RolloutWatch(Kubectl kubectl, Release release, string label, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private HashSet<string> before = []; // Jobs of earlier deploys

    /// <summary>Whether it was the migration that failed: then what it would have taken away may still be there.</summary>
    public static bool IsOfMigration(string? problem) => problem?.StartsWith("Job migrate", StringComparison.Ordinal) ?? false;

    /// <summary>Runs Helm beside it.</summary>
    /// <returns>Null where it went well; else why not.</returns>
    public async Task<string?> RunAsync(Func<CancellationToken, Task<ToolResult>> helm, CancellationToken cancel)
    {
        before = [.. (await kubectl.ListAsync(cancel, "jobs", "-l", label)).Select(UidOf)];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = helm(stop.Token);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = WatchAsync(ended.Token);
        var first = await Task.WhenAny(running, watching);
        if (first == watching && await watching is { } broken)
        {
            await stop.CancelAsync();
            await Quiet(running);
            cancel.ThrowIfCancellationRequested();
            return broken;
        }

        var result = await running;
        await ended.CancelAsync();
        if (result.Succeeded)
            return null;
        return await DiagnoseAsync(cancel) is { } cause ? $"{cause} (helm: {result.LastError})" : $"helm: {result.LastError}";
    }

    /// <summary>Why it went wrong, as the cluster tells it.</summary>
    private async Task<string?> DiagnoseAsync(CancellationToken cancel)
    {
        var (deployments, jobs, pods) = await LookAsync(cancel);
        if (Workloads.FailedJob(release, jobs) is { } job)
            return await ExplainAsync(job, cancel);

        // The time is up, so a container that died even once is what to look at.
        if (Workloads.Broken(release, pods, maxRestarts: 0).FirstOrDefault() is { } broken)
            return await ExplainAsync(broken, cancel);
        var causes = Causes.Of(release, deployments, pods, await kubectl.ListAsync(cancel, "events", "--field-selector", "type=Warning"));
        if (Workloads.RunningJobs(release, jobs).FirstOrDefault() is { } running)
            return string.Join("; ", [$"Job {running} did not end in time{await LogAsync([$"job/{running}"], cancel)}", .. causes]);
        var late = Workloads.NotRolledOut(deployments).ToList();
        return late.Count == 0 ? null : $"not ready in time: {string.Join("; ", late.Concat(causes))}";
    }

    private async Task<string?> WatchAsync(CancellationToken cancel)
    {
        string? told = null;
        BrokenPod? suspect = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pace, time, cancel);
                var (deployments, jobs, pods) = await LookAsync(cancel);
                var readiness = string.Join(", ", Workloads.Readiness(deployments));
                if (readiness.Length > 0 && readiness != told)
                    say($"  ready: {told = readiness}");
                if (Workloads.FailedJob(release, jobs) is { } job)
                    return await ExplainAsync(job, cancel);
                var broken = Workloads.Broken(release, pods).FirstOrDefault();

                // Seen twice: a Secret or an image may come a moment after the pod.
                if (broken is not null && suspect is not null && (broken.HasLog || broken == suspect))
                    return await ExplainAsync(broken, cancel);
                suspect = broken;
            }
            catch (OperationCanceledException)
            {
                // Helm has ended.
            }
            catch (P25Exception)
            {
                // The cluster does not answer this; it may the next time, and Helm's own wait goes on.
            }
        }

        return null;
    }

    /// <summary>In one call: each takes a tenth of a second of processor time, which a small node that is rolling out has not to spare.</summary>
    private async Task<(IReadOnlyList<JsonNode> Deployments, IReadOnlyList<JsonNode> Jobs, IReadOnlyList<JsonNode> Pods)> LookAsync(CancellationToken cancel)
    {
        var kinds = (await kubectl.ListAsync(cancel, "deployments,jobs,pods", "-l", label)).ToLookup(one => (string?)one["kind"]);
        return ([.. kinds["Deployment"]], [.. kinds["Job"].Where(job => !before.Contains(UidOf(job)))], [.. kinds["Pod"]]);
    }

    private static string UidOf(JsonNode job) => $"{job["metadata"]?["uid"]}";

    private async Task<string> ExplainAsync(FailedJob job, CancellationToken cancel) =>
        $"Job {job.Name} failed: {job.Cause}{await LogAsync([$"job/{job.Name}"], cancel)}";

    private async Task<string> ExplainAsync(BrokenPod broken, CancellationToken cancel)
    {
        // A node soon forgets the container before the last one.
        string[] last = [broken.Pod, "-c", broken.Container];
        var log = !broken.HasLog ? "" : await LogAsync([.. last, "--previous"], cancel) is { Length: > 0 } before ? before : await LogAsync(last, cancel);
        return $"pod {broken.Pod}: {broken.Cause}{log}";
    }

    private async Task<string> LogAsync(IEnumerable<string> of, CancellationToken cancel)
    {
        var log = await kubectl.RunAsync(["logs", .. of, "--tail=3"], cancel);
        var text = string.Join(" | ", log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (text.StartsWith("unable to retrieve container logs", StringComparison.Ordinal)) // the node's answer in place of a log that is gone
            return "";
        return text.Length == 0 ? "" : $"; its log ends with: {(text.Length <= 500 ? text : text[^500..])}";
    }

    private static async Task Quiet(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // We stopped it.
        }
    }
}
