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
        var missing = new List<string>();
        var changed = new List<DriftedObject>();
        var hands = new List<Hand>();
        var kubectl = session.Kubectl(contour);
        foreach (var one in manifest)
        {
            var result = await kubectl.RunAsync(["apply", "--server-side", "--dry-run=server", "--field-manager=helm", "--force-conflicts", "-f", "-", "-o", "json", "--show-managed-fields=false"], cancel, one.Text);
            if (!result.Succeeded || JsonNode.Parse(result.Output) is not { } wanted)
                throw kubectl.Failure("compare", [one.Title], result);
            if (await kubectl.GetAsync(cancel, one.Kind, one.Name, "--show-managed-fields") is not { } found)
            {
                missing.Add(one.Title);
                continue;
            }

            var mine = ManagersOf(one.Title, found).ToList();
            hands.AddRange(mine);
            var lines = JsonDifference.Of(found, wanted).ToList();
            if (lines.Count > 0)
                changed.Add(new DriftedObject(one.Title, [.. mine.Select(hand => hand.Manager).Distinct()], lines));
        }

        return new DriftReport(missing, changed, hands);
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
