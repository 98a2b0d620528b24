using P25.Contours;
using P25.Deploys;
using P25.Releases;

namespace P25.Plans;

/// <summary>Renders what a deploy would do.</summary>
internal sealed class Planner(Session session, Contour contour)
{
    public async Task<Plan> MakeAsync(Release release, string actor, IReadOnlyList<string> values, CancellationToken cancel)
    {
        using var file = new ReleaseValues(release);
        var helm = session.Helm(contour);
        var history = await helm.HistoryAsync(cancel);
        var live = history.LastOrDefault();
        var rendering = await helm.RenderAsync(session.Chart(contour, file.Path, values), cancel);

        // What failed before it was applied, at its migration for instance, changed nothing.
        var before = (history.LastOrDefault(one => one.Status == "deployed") ?? live) is { } standing ? await helm.ManifestAsync(standing.Revision, cancel) : "";
        var ledger = await session.Ledger(contour).ReadAsync(cancel);
        return new Plan
        {
            Schema = Plan.CurrentSchema,
            Contour = contour.Name,
            Namespace = contour.Namespace,
            Version = release.Version,
            Release = release.Id,
            Commit = release.Commit,
            LiveRevision = live?.Revision ?? 0,
            MadeAt = session.Context.Time.GetUtcNow(),
            MadeBy = actor,
            Hash = Plan.HashOf(contour.Name, contour.Namespace, release, live?.Revision ?? 0, rendering),
            Changes = ManifestDiff.Of(Manifest.Read(before), Manifest.Read(rendering.Manifest)),
            NewContracts = [.. release.Contracts.Except(ledger.Contracts)],
        };
    }
}
