using P25.Contours;
using P25.Releases;
using P25.Tools;

namespace P25.Verify;

/// <summary>Whether a release is what it should be: rolled out, the right digests, healthy, taking results, with no more errors than before.</summary>
internal sealed class Verifier(Session session, Contour contour)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilSettled = TimeSpan.FromSeconds(45);

    private readonly Kubectl kubectl = session.Kubectl(contour);
    private readonly TimeProvider time = session.Context.Time;

    private string Label => session.Contours.Label;

    private Uri? Prometheus => session.Context.AddressOf("P25_PROMETHEUS") ?? contour.Verify.Prometheus;

    /// <summary>What the users' requests fared before the deploy; null where nobody measures.</summary>
    public async Task<TrafficFigures?> BaselineAsync(CancellationToken cancel)
    {
        if (Prometheus is not { } address)
            return null;
        try
        {
            using var http = new HttpClient(session.Context.Handler());
            return await new PrometheusChecks(http, address, contour.Verify, contour.Namespace).MeasureAsync(contour.Verify.Window, cancel);
        }
        catch (Exception away) when (SiteChecks.IsAway(away, cancel))
        {
            return null; // compared with nothing, and the check after the deploy says so
        }
    }

    /// <param name="release">What should run.</param>
    /// <param name="window">How long to watch the answers; zero asks once.</param>
    /// <param name="before">The traffic before.</param>
    /// <param name="tell">Told each check as it is done.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Verification> RunAsync(Release release, TimeSpan window, TrafficFigures? before, Action<Check> tell, CancellationToken cancel)
    {
        var checks = new List<Check>();
        var went = await AddAsync(RolloutAsync(cancel)) && await AddAsync(DigestsAsync(release, cancel));
        if (went)
        {
            using var site = new ContourSite(session.Context, contour, await AccessKey.FindAsync(session, contour, cancel));
            var answers = new SiteChecks(site, contour.Verify, time);
            _ = await AddAsync(answers.HealthAsync(cancel))
                && await AddAsync(answers.VersionAsync(release, cancel))
                && await AddAsync(SmokeAsync(site, cancel))
                && await AddAsync(answers.ErrorRatioAsync(window, cancel))
                && await AddAsync(RestartsAsync(release, cancel));
            if (checks.All(check => check.State != CheckState.Failed))
            {
                foreach (var check in await TrafficAsync(window, before, cancel))
                    _ = await AddAsync(Task.FromResult(check));
            }
        }

        return new Verification(checks);

        async Task<bool> AddAsync(Task<Check> making)
        {
            var check = await making;
            checks.Add(check);
            tell(check);
            return check.State != CheckState.Failed;
        }
    }

    private async Task<Check> RolloutAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var deployments = await kubectl.ListAsync(cancel, "deployments", "-l", Label);
            var late = Workloads.NotRolledOut(deployments).ToList();
            if (deployments.Count > 0 && late.Count == 0)
                return new Check("rollout", CheckState.Passed, string.Join(", ", Workloads.Readiness(deployments)));
            if (time.GetElapsedTime(began) >= UntilSettled)
                return new Check("rollout", CheckState.Failed, deployments.Count == 0 ? "there are no Deployments" : string.Join("; ", late));
            await Task.Delay(Pace, time, cancel);
        }
    }

    /// <summary>Old pods may still be on their way out.</summary>
    private async Task<Check> DigestsAsync(Release release, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var wrong = Workloads.WrongDigests(release, await kubectl.ListAsync(cancel, "pods", "-l", Label)).ToList();
            if (wrong.Count == 0)
                return new Check("digests", CheckState.Passed, $"what runs is {release.Id}");
            if (time.GetElapsedTime(began) >= UntilSettled)
                return new Check("digests", CheckState.Failed, string.Join("; ", wrong.Take(3)));
            await Task.Delay(Pace, time, cancel);
        }
    }

    private async Task<Check> SmokeAsync(ContourSite site, CancellationToken cancel) => contour.Verify.Smoke is { } path
        ? await new SmokeCheck(site, path, time).RunAsync(cancel)
        : new Check("smoke", CheckState.Skipped, "verify.smoke is not set");

    private async Task<Check> RestartsAsync(Release release, CancellationToken cancel)
    {
        var broken = Workloads.Broken(release, await kubectl.ListAsync(cancel, "pods", "-l", Label)).ToList();
        return broken.Count == 0
            ? new Check("restarts", CheckState.Passed, "no pod dies again and again")
            : new Check("restarts", CheckState.Failed, $"{broken[0].Pod}: {broken[0].Cause}");
    }

    private async Task<IEnumerable<Check>> TrafficAsync(TimeSpan window, TrafficFigures? before, CancellationToken cancel)
    {
        if (Prometheus is not { } address)
            return [new Check("errors", CheckState.Skipped, "no Prometheus is named")];
        try
        {
            using var http = new HttpClient(session.Context.Handler());
            var checks = new PrometheusChecks(http, address, contour.Verify, contour.Namespace);
            return [.. checks.Compare(before, await checks.MeasureAsync(window, cancel))];
        }
        catch (Exception away) when (SiteChecks.IsAway(away, cancel))
        {
            return [new Check("errors", CheckState.Skipped, $"Prometheus does not answer: {away.Message}")];
        }
    }
}
