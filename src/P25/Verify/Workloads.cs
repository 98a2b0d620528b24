using System.Text.Json.Nodes;
using P25.Releases;

namespace P25.Verify;

/// <summary>What the cluster says of the release's Deployments and pods. Pure: reads objects as kubectl gives them.</summary>
internal static class Workloads
{
    private static readonly string[] NeverStarts =
        ["ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "ErrImageNeverPull"];

    /// <summary>How often a container may die before the release is given up: while a database starts, once or twice is usual.</summary>
    public const int MaxRestarts = 2;

    /// <returns>What is not rolled out yet; empty where everything is.</returns>
    public static IEnumerable<string> NotRolledOut(IEnumerable<JsonNode> deployments)
    {
        foreach (var deployment in deployments)
        {
            var name = (string?)deployment["metadata"]?["name"];
            var status = deployment["status"];
            var wanted = (int?)deployment["spec"]?["replicas"] ?? 1;
            if (((long?)status?["observedGeneration"] ?? 0) < ((long?)deployment["metadata"]?["generation"] ?? 0))
                yield return $"{name} has not been looked at yet";
            else if (((int?)status?["updatedReplicas"] ?? 0) < wanted || ((int?)status?["availableReplicas"] ?? 0) < wanted || ((int?)status?["replicas"] ?? 0) > wanted)
                yield return $"{name}: {(int?)status?["updatedReplicas"] ?? 0} of {wanted} new, {(int?)status?["availableReplicas"] ?? 0} available, {(int?)status?["replicas"] ?? 0} in all";
        }
    }

    /// <summary>Ready replicas of each Deployment: <c>backend 3/3</c>.</summary>
    public static IReadOnlyList<string> Readiness(IEnumerable<JsonNode> deployments) =>
        [.. deployments.Select(one => $"{one["metadata"]?["name"]} {(int?)one["status"]?["readyReplicas"] ?? 0}/{(int?)one["spec"]?["replicas"] ?? 1}")];

    /// <summary>Images that must run and do not, and ones of the release's repositories that run and must not.</summary>
    public static IEnumerable<string> WrongDigests(Release release, IEnumerable<JsonNode> pods)
    {
        var running = new HashSet<string>();
        foreach (var pod in pods.Where(IsServing))
        {
            foreach (var status in StatusesOf(pod))
            {
                var image = $"{status["imageID"]}";
                foreach (var (name, wanted) in release.Images)
                {
                    if (image.EndsWith(wanted.Digest, StringComparison.Ordinal))
                        running.Add(name);
                    else if (RepositoryOf(image) == wanted.Repository || RepositoryOf($"{status["image"]}") == wanted.Repository)
                        yield return $"pod {pod["metadata"]?["name"]} runs {image}, not {name} {wanted.Digest}";
                }
            }
        }

        foreach (var name in release.Images.Keys.Where(name => !running.Contains(name)))
            yield return $"no pod runs {name} {release.Images[name].Digest}";
    }

    /// <summary>Pods that run the release's images and will not get well by waiting.</summary>
    /// <param name="release">The release.</param>
    /// <param name="pods">Pods as kubectl gives them.</param>
    /// <param name="maxRestarts">How often a container may have died.</param>
    public static IEnumerable<BrokenPod> Broken(Release release, IEnumerable<JsonNode> pods, int maxRestarts = MaxRestarts)
    {
        foreach (var pod in pods.Where(pod => pod["metadata"]?["deletionTimestamp"] is null))
        {
            var ours = OurContainers(release, pod).ToHashSet();
            foreach (var status in StatusesOf(pod).Where(status => ours.Contains($"{status["name"]}")))
            {
                var restarts = (int?)status["restartCount"] ?? 0;
                var waiting = (string?)status["state"]?["waiting"]?["reason"];
                if (restarts > maxRestarts)
                    yield return new BrokenPod($"{pod["metadata"]?["name"]}", $"{status["name"]}", $"it died {restarts} times{LastExit(status)}", HasLog: true);
                else if (waiting is not null && NeverStarts.Contains(waiting))
                    yield return new BrokenPod($"{pod["metadata"]?["name"]}", $"{status["name"]}", $"{waiting}: {status["state"]?["waiting"]?["message"]}", HasLog: false);
            }
        }
    }

    /// <summary>A Job of the release that was given up; those of earlier releases are kept for who reads their logs.</summary>
    public static FailedJob? FailedJob(Release release, IEnumerable<JsonNode> jobs) => JobsOf(release, jobs)
        .Select(job => (Job: job, Failed: EndOf(job, "Failed"))).Where(one => one.Failed is not null)
        .Select(one => new FailedJob($"{one.Job["metadata"]!["name"]}", $"{one.Failed!["reason"]}: {one.Failed["message"]}")).FirstOrDefault();

    /// <summary>Names of the release's Jobs that go on.</summary>
    public static IEnumerable<string> RunningJobs(Release release, IEnumerable<JsonNode> jobs) =>
        JobsOf(release, jobs).Where(GoesOn).Select(job => $"{job["metadata"]!["name"]}");

    /// <summary>Jobs of any release that Helm waited for, as it does for a migration, and that go on.</summary>
    public static IEnumerable<string> UnendedHooks(IEnumerable<JsonNode> jobs) => jobs
        .Where(job => job["metadata"]!["annotations"]?["helm.sh/hook"] is not null && GoesOn(job)).Select(job => $"{job["metadata"]!["name"]}");

    /// <summary>Whether a pod runs one of the release's images.</summary>
    public static bool IsOf(Release release, JsonNode pod) => OurContainers(release, pod).Any();

    private static IEnumerable<JsonNode> JobsOf(Release release, IEnumerable<JsonNode> jobs) =>
        jobs.Where(job => job["spec"]?["template"] is { } template && OurContainers(release, template).Any());

    private static bool GoesOn(JsonNode job) => EndOf(job, "Failed") is null && EndOf(job, "Complete") is null;

    private static JsonNode? EndOf(JsonNode job, string type) =>
        (job["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition?["type"] == type && (string?)condition["status"] == "True");

    private static IEnumerable<string> OurContainers(Release release, JsonNode pod) => Both(pod["spec"], "initContainers", "containers")
        .Where(container => release.Images.Values.Any(image => $"{container["image"]}".EndsWith(image.Digest, StringComparison.Ordinal)))
        .Select(container => $"{container["name"]}");

    private static string LastExit(JsonNode status) =>
        status["lastState"]?["terminated"] is { } last ? $", last with exit code {last["exitCode"]} ({last["reason"]})" : "";

    // A Job began with the images of its day and ends by itself: a training may outlast a deploy.
    private static bool IsServing(JsonNode pod) =>
        pod["metadata"]?["deletionTimestamp"] is null && (string?)pod["status"]?["phase"] == "Running"
        && !(pod["metadata"]?["ownerReferences"] is JsonArray owners && owners.Any(owner => (string?)owner?["kind"] == "Job"));

    internal static IEnumerable<JsonNode> StatusesOf(JsonNode pod) => Both(pod["status"], "initContainerStatuses", "containerStatuses");

    private static IEnumerable<JsonNode> Both(JsonNode? node, string first, string second) =>
        new[] { node?[first], node?[second] }.OfType<JsonArray>().SelectMany(list => list.OfType<JsonNode>());

    private static string RepositoryOf(string image)
    {
        var name = image.Replace("docker-pullable://", "", StringComparison.Ordinal).Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}

/// <summary>A container that will not get well by waiting.</summary>
internal sealed record BrokenPod(string Pod, string Container, string Cause, bool HasLog);

/// <summary>A Job that was given up.</summary>
internal sealed record FailedJob(string Name, string Cause);
