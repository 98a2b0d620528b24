using System.Diagnostics;
using PcBench.ServiceTests.Ml;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>
/// Faults, one after the other, each in one of three contours that run side by side; a real Prometheus and a real Alertmanager watch them,
/// with windows thirty times as short (<see cref="Hasty"/>). The next fault comes in another contour while the one before is still getting over it.
/// </summary>
[Collection(AreWatched.Name)]
public sealed class AlertTests(Watched watched, TestServers servers, TrainedOnce once, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<Fault> faults = [];
    private Webhook webhook = null!;

    /// <param name="Contour">Where it is.</param>
    /// <param name="Alert">What must be told.</param>
    /// <param name="Receivers">To whom, in that contour.</param>
    /// <param name="Also">What may be told as well, of the same contour, and why.</param>
    private sealed record Fault(string Contour, string Alert, string[] Receivers, params (string Alert, string Why)[] Also);

    [Fact]
    public async Task Each_fault_is_told_once_to_those_of_its_contour_alone_and_is_over_when_it_is_mended()
    {
        _ = servers.S3; // skips before anything is started
        await watched.StartAsync(servers, once);
        watched.LetBeRude(false);
        var port = Ports.Free();
        await using var listener = webhook = await Webhook.StartAsync();
        var folder = await Rendered.Async(watched.Contours, Hasty.Sources(), "--webhook", webhook.Address, "--alertmanager", $"127.0.0.1:{port}");
        await Hasty.MakeAsync(folder);
        await using var alertmanager = await AlertmanagerServer.StartAsync(folder, port);
        await using var prometheus = await PrometheusServer.StartAsync(folder);
        await prometheus.AllAreUpAsync(watched.Targets);

        await LatencyAsync(watched["prod"]);
        await NoObjectStoreAsync(watched["stage"]);
        await ErrorsAsync(watched["beta"]);
        await DeadRelayAsync(watched["prod"]);
        await StaleModelAsync(watched["stage"]);
        await CrashesAsync(watched["beta"], prometheus);

        await Client.UntilAsync(() => Task.FromResult(faults.All(IsOver)), Patience);
        foreach (var fault in faults)
            HoldsOf(fault);
        webhook.All.Where(told => !faults.Any(fault => Expects(fault, told))).ShouldBeEmpty();
    }

    private async Task LatencyAsync(WatchedContour contour)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var locking = contour.KeepLockedAsync(4, enough.Token);
        await ToldAsync(new Fault(contour.Name, "SubmitLatencyBudgetBurn", ["prod-pager", "prod-chat"], ("SubmitLatencyBudgetBurn", "the slower ticket on the same budget lasts as long as its windows")));
        await enough.CancelAsync();
        await locking;
    }

    private async Task NoObjectStoreAsync(WatchedContour contour)
    {
        contour.S3Proxy!.Cut();
        await ToldAsync(new Fault(contour.Name, "ObjectStoreDown", ["stage-chat"]));
        contour.S3Proxy.Restore();
    }

    private async Task ErrorsAsync(WatchedContour contour)
    {
        await contour.ExecuteAsync("alter table result add constraint refused check (false) not valid");
        await ToldAsync(new Fault(contour.Name, "SubmitErrorBudgetBurn", ["beta-chat"], ("SubmitErrorBudgetBurn", "the slower ticket on the same budget lasts as long as its windows")));
        await contour.ExecuteAsync("alter table result drop constraint refused");
    }

    /// <summary>Somebody who is gone holds the role of the relay.</summary>
    private async Task DeadRelayAsync(WatchedContour contour)
    {
        await contour.ExecuteAsync("update lease set holder = 'nobody', until = 9000000000000000 where role = 'relay'");
        await ToldAsync(new Fault(contour.Name, "RelayDead", ["prod-pager", "prod-chat"], ("OutboxStuck", "events wait")));
        await contour.ExecuteAsync("update lease set until = 0 where role = 'relay'");
    }

    private async Task StaleModelAsync(WatchedContour contour)
    {
        await contour.ActivateAsync(stale: true);
        await ToldAsync(new Fault(contour.Name, "ModelStale", ["stage-chat"]));
        await contour.ActivateAsync(stale: false);
    }

    /// <summary>The ml-service dies as soon as Prometheus has seen it again, until somebody is told.</summary>
    private async Task CrashesAsync(WatchedContour contour, PrometheusServer prometheus)
    {
        var telling = ToldAsync(new Fault(contour.Name, "CrashLoop", ["beta-chat"],
            ("ServiceDown", "its only pod is away between two crashes"), ("TargetDown", "the same, where it takes longer"), ("AssessLagBudgetBurn", "results wait for it")));
        for (var seen = await StartedAsync(); !telling.IsCompleted;)
        {
            contour.KillMl();
            await contour.StartMlAsync();
            var before = seen;
            await Task.WhenAny(telling, Client.UntilAsync(async () => (seen = await StartedAsync()) is not null && seen != before));
        }

        await telling;

        async Task<double?> StartedAsync() => (await prometheus.QueryAsync($"process_start_time_seconds{{contour=\"{contour.Name}\",service=\"ml-service\"}}")).FirstOrDefault()?.Value;
    }

    private async Task ToldAsync(Fault fault)
    {
        faults.Add(fault);
        var start = Stopwatch.GetTimestamp();
        await Client.UntilAsync(() => Task.FromResult(fault.Receivers.All(receiver => Of(fault, receiver).Any())), Patience);
        output.WriteLine($"{fault.Alert} in {fault.Contour}: told after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }

    private bool IsOver(Fault fault) => fault.Receivers.All(receiver => Of(fault, receiver).GroupBy(told => told.Identity).Any(alert => alert.Any(told => told.IsOver)));

    /// <summary>Once that it is there, once that it is over.</summary>
    private void HoldsOf(Fault fault)
    {
        foreach (var receiver in fault.Receivers)
        {
            var first = Of(fault, receiver).GroupBy(told => told.Identity).First(alert => alert.Any(told => told.IsOver));
            first.Select(told => told.IsOver).ShouldBe([false, true], $"{receiver}: {first.Key}");
        }
    }

    private IEnumerable<Told> Of(Fault fault, string receiver) =>
        webhook.All.Where(told => told.Receiver == receiver && told.Contour == fault.Contour && told.Alert == fault.Alert);

    private static bool Expects(Fault fault, Told told) => told.Contour == fault.Contour
        && (told.Alert == fault.Alert || fault.Also.Any(also => also.Alert == told.Alert)) && told.Receiver.StartsWith($"{fault.Contour}-", StringComparison.Ordinal);
}
