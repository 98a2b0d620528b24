using P25.Deploys;
using P25.Releases;
using P25.Tools;

namespace PcBench.P25Tests.Deploys;

public class RolloutWatchTests
{
    /// <summary>A cluster that is busy with a rollout misses a call now and then.</summary>
    [Fact]
    public async Task A_call_that_failed_does_not_end_the_watch()
    {
        var release = Make.Release('a');
        var cluster = new Busy("""
            {"items": [{"kind": "Job", "metadata": {"name": "migrate", "uid": "1"},
              "spec": {"template": {"spec": {"containers": [{"name": "migrate", "image": "registry.example/pcbench/backend@DIGEST"}]}}},
              "status": {"conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}]}}]}
            """.Replace("DIGEST", release.Images["backend"].Digest, StringComparison.Ordinal));

        (await WatchAsync(cluster, release)).ShouldStartWith("Job migrate failed: BackoffLimitExceeded");

        cluster.Looks.ShouldBe(2);
    }

    [Fact]
    public async Task Of_a_container_that_died_the_log_that_is_still_there_is_told()
    {
        var release = Make.Release('a');
        var cluster = new Busy("""
            {"items": [{"kind": "Pod", "metadata": {"name": "backend-1"}, "spec": {"containers": [{"name": "backend", "image": "registry.example/pcbench/backend@DIGEST"}]},
              "status": {"containerStatuses": [{"name": "backend", "restartCount": 3, "lastState": {"terminated": {"exitCode": 3, "reason": "Error"}}}]}}]}
            """.Replace("DIGEST", release.Images["backend"].Digest, StringComparison.Ordinal));

        (await WatchAsync(cluster, release)).ShouldBe("pod backend-1: it died 3 times, last with exit code 3 (Error); its log ends with: no such setting");
    }

    private static Task<string?> WatchAsync(IToolRunner cluster, Release release) =>
        new RolloutWatch(new Kubectl(cluster, null, "p25-stage"), release, "a=b", TimeProvider.System, _ => { }).RunAsync(
            async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop); // Helm goes on waiting
                return new ToolResult(0, "", "");
            },
            TestContext.Current.CancellationToken);

    /// <summary>In place of kubectl: it answers the second time, and has no log of the container before the last one.</summary>
    private sealed class Busy(string answer) : IToolRunner
    {
        public int Looks { get; private set; }

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            return Task.FromResult(call.Arguments.Contains("logs") ? new ToolResult(0, call.Arguments.Contains("--previous") ? "unable to retrieve container logs for containerd://1" : "no such setting\n", "")
                : !call.Arguments.Contains("deployments,jobs,pods") ? new ToolResult(0, "", "")
                : ++Looks == 1 ? new ToolResult(1, "", "Unable to connect to the server: net/http: TLS handshake timeout") : new ToolResult(0, answer, ""));
        }
    }
}
