using System.Text.Json.Nodes;
using P25.Contours;
using P25.Plans;

namespace P25.Deploys;

/// <summary>An object that is not as it was deployed.</summary>
/// <param name="Object">Kind and name.</param>
/// <param name="By">Programs that own fields of it and are neither Helm nor the cluster's own.</param>
/// <param name="Lines">What a deploy would put back: <c>-</c> is there, <c>+</c> was deployed.</param>
internal sealed record DriftedObject(string Object, IReadOnlyList<string> By, IReadOnlyList<string> Lines);

/// <summary>A program that owns fields of an object of ours.</summary>
internal sealed record Hand(string Object, string Manager, string At, IReadOnlyList<string> Fields);

/// <summary>What differs between what was deployed and what is there.</summary>
internal sealed record DriftReport(IReadOnlyList<string> Missing, IReadOnlyList<DriftedObject> Changed, IReadOnlyList<Hand> Hands)
{
    public bool HasDrift => Missing.Count > 0 || Changed.Count > 0;
}

/// <summary>
/// Compares the live objects with the manifest that Helm deployed. The API server itself is asked, by a server-side apply that is not
/// done: only it knows defaults and notations.
/// </summary>
internal sealed class DriftFinder(Session session, Contour contour)
{
    private static readonly string[] Cluster = ["helm", "kube-controller-manager", "kubelet", "kube-scheduler", "kube-apiserver", "traefik", "cert-manager", "p25"];

    public async Task<DriftReport> RunAsync(CancellationToken cancel)
    {
        var live = (await session.Helm(contour).HistoryAsync(cancel)).LastOrDefault(one => one.Status == "deployed")
            ?? throw new P25Exception(P25ExitCodes.NotFound, $"Nothing is deployed in {contour.Name}.", "p25 doctor tells more.");
        var manifest = Manifest.Read(await session.Helm(contour).ManifestAsync(live.Revision, cancel));
        var text = string.Join("\n---\n", manifest.Select(one => one.Text));
        var wanted = await AskAsync(["apply", "--server-side", "--dry-run=server", "--field-manager=helm", "--force-conflicts", "--show-managed-fields=false"], text, cancel);
        var found = await AskAsync(["get", "--ignore-not-found", "--show-managed-fields"], text, cancel);
        var missing = new List<string>();
        var changed = new List<DriftedObject>();
        var hands = new List<Hand>();
        foreach (var title in manifest.Select(one => one.Title))
        {
            if (!found.TryGetValue(title, out var there))
            {
                missing.Add(title);
                continue;
            }

            var mine = ManagersOf(title, there).ToList();
            hands.AddRange(mine);
            var lines = JsonDifference.Of(WithoutMarks(there), WithoutMarks(wanted[title])).ToList();
            if (lines.Count > 0)
                changed.Add(new DriftedObject(title, [.. mine.Select(hand => hand.Manager).Distinct()], lines));
        }

        return new DriftReport(missing, changed, hands);
    }

    /// <summary>What kubectl makes of a manifest's objects, by kind and name.</summary>
    private async Task<IReadOnlyDictionary<string, JsonNode>> AskAsync(string[] call, string manifest, CancellationToken cancel)
    {
        var kubectl = session.Kubectl(contour);
        var result = await kubectl.RunAsync([.. call, "-f", "-", "-o", "json"], cancel, manifest);
        if (!result.Succeeded)
            throw kubectl.Failure("compare", ["what was deployed"], result);
        var answer = string.IsNullOrWhiteSpace(result.Output) ? new JsonObject { ["items"] = new JsonArray() } : JsonNode.Parse(result.Output)!;
        return (answer["items"] is JsonArray items ? items.OfType<JsonNode>() : [answer]).ToDictionary(one => $"{one["kind"]} {one["metadata"]?["name"]}");
    }

    /// <summary>Helm marks as its own what it applies; its manifest does not say so.</summary>
    private static JsonNode WithoutMarks(JsonNode one)
    {
        if (one["metadata"]?["annotations"] is JsonObject annotations)
        {
            foreach (var mark in annotations.Select(pair => pair.Key).Where(key => key.StartsWith("meta.helm.sh/", StringComparison.Ordinal)).ToList())
                annotations.Remove(mark);
            if (annotations.Count == 0)
                one["metadata"]!.AsObject().Remove("annotations");
        }

        return one;
    }

    private static IEnumerable<Hand> ManagersOf(string title, JsonNode found)
    {
        foreach (var entry in found["metadata"]?["managedFields"]?.AsArray() ?? [])
        {
            var manager = $"{entry?["manager"]}";
            if (entry?["subresource"] is null && !Cluster.Contains(manager) && entry?["fieldsV1"] is JsonObject fields)
                yield return new Hand(title, manager, $"{entry["time"]}", [.. Paths(fields, "").Take(10)]);
        }
    }

    /// <summary><c>{"f:spec":{"f:replicas":{}}}</c> → <c>spec.replicas</c>.</summary>
    private static IEnumerable<string> Paths(JsonObject fields, string before)
    {
        foreach (var (key, value) in fields)
        {
            if (key == ".")
                continue;
            var path = key.StartsWith("f:", StringComparison.Ordinal) ? $"{before}.{key[2..]}" : $"{before}[{key[2..]}]";
            if (value is JsonObject { Count: > 0 } inner)
            {
                foreach (var one in Paths(inner, path))
                    yield return one;
            }
            else
            {
                yield return path.TrimStart('.');
            }
        }
    }
}
