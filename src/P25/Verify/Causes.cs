using System.Text.Json.Nodes;
using P25.Releases;

namespace P25.Verify;

/// <summary>Why what a release needs is not ready, in the cluster's own words. Pure: reads objects as kubectl gives them.</summary>
internal static class Causes
{
    private const int Most = 3;

    /// <param name="release">The release.</param>
    /// <param name="deployments">Its Deployments.</param>
    /// <param name="pods">Pods, its own and others.</param>
    /// <param name="events">Events of type Warning.</param>
    /// <returns>The first few, each once.</returns>
    public static IEnumerable<string> Of(Release release, IEnumerable<JsonNode> deployments, IEnumerable<JsonNode> pods, IReadOnlyList<JsonNode> events) =>
        deployments.Select(OfDeployment)
            .Concat(pods.Where(pod => IsWaitedFor(release, pod)).Select(pod => (Of: WorkloadOf(pod), Cause: OfPod(pod, events))).DistinctBy(one => one.Of).Select(one => one.Cause))
            .OfType<string>().Distinct().Take(Most);

    /// <summary>Pods that are not even made: over the quota, or refused.</summary>
    private static string? OfDeployment(JsonNode deployment) =>
        ConditionOf(deployment, "ReplicaFailure") is { } failed && (string?)failed["status"] == "True" ? $"{deployment["metadata"]?["name"]}: {failed["message"]}" : null;

    private static string OfPod(JsonNode pod, IEnumerable<JsonNode> events)
    {
        var name = $"{pod["metadata"]?["name"]}";
        if (ConditionOf(pod, "PodScheduled") is { } scheduled && (string?)scheduled["status"] == "False")
            return $"pod {name}: {scheduled["reason"]}: {scheduled["message"]}";
        var last = events.Where(one => $"{one["involvedObject"]?["name"]}" == name).MaxBy(one => (string?)one["lastTimestamp"] ?? (string?)one["eventTime"] ?? "", StringComparer.Ordinal);
        if (last is not null)
            return $"pod {name}: {last["reason"]}: {$"{last["message"]}".Trim()}";
        var waiting = Workloads.StatusesOf(pod).FirstOrDefault(status => (bool?)status["ready"] != true);
        return waiting?["state"]?["waiting"]?["reason"] is { } reason ? $"pod {name}: {waiting["name"]}: {reason}" : $"pod {name}: {waiting?["name"] ?? "it"} runs, and is not ready";
    }

    private static bool IsWaitedFor(Release release, JsonNode pod) =>
        pod["metadata"]?["deletionTimestamp"] is null && (string?)pod["status"]?["phase"] is "Pending" or "Running"
        && (string?)ConditionOf(pod, "Ready")?["status"] != "True" && Workloads.IsOf(release, pod);

    private static string WorkloadOf(JsonNode pod) => $"{pod["metadata"]?["labels"]?["app.kubernetes.io/name"] ?? pod["metadata"]?["name"]}";

    private static JsonNode? ConditionOf(JsonNode one, string type) =>
        (one["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition?["type"] == type);
}
