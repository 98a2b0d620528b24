extern alias p25;

using p25::P25.Contours;
using p25::P25.Verify;
using PcBench.ServiceTests.Ml;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>What <c>p25 verify</c> asks Prometheus, of a real one that watches real services.</summary>
[Collection(AreWatched.Name)]
public sealed class VerifyTests(Watched watched, TestServers servers, TrainedOnce once)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_release_with_more_errors_or_slower_answers_than_before_fails_and_another_contour_passes()
    {
        await watched.StartAsync(servers, once);
        watched.LetBeRude(false);
        var folder = await Rendered.Async(watched.Contours);
        await Rendered.ScrapeEveryAsync(folder, "1s");
        await using var prometheus = await PrometheusServer.StartAsync(folder);
        await prometheus.AllAreUpAsync(watched.Targets);
        var contours = ContourReader.Read(Repository.Path("deploy/contours.yaml"));
        using var http = new HttpClient();
        var (stage, beta) = (ChecksOf("stage"), ChecksOf("beta"));
        TrafficFigures before = new(null, null), untouched = before;
        await Client.UntilAsync(async () => (before = await MeasureAsync(stage)) is { ErrorRatio: not null, P95: not null } && (untouched = await MeasureAsync(beta)).P95 is not null);

        stage.Compare(before, before).ShouldAllBe(check => check.State == CheckState.Passed);
        stage.Compare(null, before).Last().State.ShouldBe(CheckState.Skipped, "there is nothing to compare with");

        await watched["stage"].ExecuteAsync("alter table result add constraint refused check (false) not valid");
        await UntilFailsAsync(stage, before, "errors");
        await watched["stage"].ExecuteAsync("alter table result drop constraint refused");

        // Longer than any answer took before, so that it is slower however slow the machine is.
        var seconds = (int)(before.P95!.Value * 2) + 3;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var locking = watched["stage"].KeepLockedAsync(seconds, enough.Token);
        await UntilFailsAsync(stage, before, "latency");
        await enough.CancelAsync();
        await locking;

        (await MeasureAsync(beta)).ErrorRatio.ShouldBe(0);
        beta.Compare(untouched, await MeasureAsync(beta)).First().State.ShouldBe(CheckState.Passed);

        PrometheusChecks ChecksOf(string name) => new(http, prometheus.Address, contours[name].Verify, contours[name].Namespace);
    }

    private static Task<TrafficFigures> MeasureAsync(PrometheusChecks checks) => checks.MeasureAsync(Window, TestContext.Current.CancellationToken);

    private static Task UntilFailsAsync(PrometheusChecks checks, TrafficFigures before, string name) => Client.UntilAsync(async () =>
        checks.Compare(before, await MeasureAsync(checks)).Single(check => check.Name == name).State == CheckState.Failed);
}
