using P25.Deploys;
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
        var watch = new RolloutWatch(new Kubectl(cluster, null, "p25-stage"), release, "a=b", TimeProvider.System, _ => { });

        var problem = await watch.RunAsync(
            async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop); // Helm goes on waiting
                return new ToolResult(0, "", "");
            },
            TestContext.Current.CancellationToken);

        problem.ShouldStartWith("Job migrate failed: BackoffLimitExceeded");
        cluster.Looks.ShouldBe(2);
    }

    /// <summary>In place of kubectl: it answers the second time.</summary>
    private sealed class Busy(string answer) : IToolRunner
    {
        public int Looks { get; private set; }

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            return Task.FromResult(!call.Arguments.Contains("deployments,jobs,pods") ? new ToolResult(0, "", "")
                : ++Looks == 1 ? new ToolResult(1, "", "Unable to connect to the server: net/http: TLS handshake timeout") : new ToolResult(0, answer, ""));
        }
    }
}
