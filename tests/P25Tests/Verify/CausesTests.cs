using System.Text.Json.Nodes;
using P25.Verify;

namespace PcBench.P25Tests.Verify;

/// <summary>Why something is not ready. The objects are as Kubernetes gives them, without what is not looked at.</summary>
public class CausesTests
{
    private static readonly P25.Releases.Release Release = Make.Release('a');

    [Fact]
    public void A_pod_that_no_node_has_room_for() =>
        Of(Pod(scheduled: "0/1 nodes are available: 1 Insufficient cpu.")).ShouldBe(["pod backend-1: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu."]);

    [Fact]
    public void A_probe_that_fails_is_told_by_the_last_event_of_that_pod() => Of(Pod(),
        Event("backend-1", "Unhealthy", "Startup probe failed: connection refused", "2026-06-01T12:00:00Z"),
        Event("backend-1", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", "2026-06-01T12:01:00Z"),
        Event("backend-9", "Failed", "another pod's", "2026-06-01T12:02:00Z")).ShouldBe(["pod backend-1: Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503"]);

    [Fact]
    public void A_container_that_waits_is_named_where_no_event_tells_more() => Of(Pod(waiting: "PodInitializing")).ShouldBe(["pod backend-1: backend: PodInitializing"]);

    [Fact]
    public void A_pod_that_runs_and_says_nothing() => Of(Pod()).ShouldBe(["pod backend-1: backend runs, and is not ready"]);

    [Fact]
    public void Pods_that_may_not_be_made() =>
        Causes.Of(Release, [Json("""
            {"metadata":{"name":"backend"},"status":{"conditions":[{"type":"ReplicaFailure","status":"True","message":"pods \"backend-1\" is forbidden: exceeded quota: contour"}]}}
            """)], [], []).ShouldBe(["backend: pods \"backend-1\" is forbidden: exceeded quota: contour"]);

    [Theory]
    [InlineData('a', true)]
    [InlineData('b', false)]
    public void Pods_that_are_ready_or_of_another_release_are_none(char letter, bool isReady) => Of(Pod(letter: letter, isReady: isReady)).ShouldBeEmpty();

    [Fact]
    public void Three_pods_of_one_Deployment_are_told_once() =>
        Causes.Of(Release, [], [Pod("backend-1"), Pod("backend-2"), Pod("backend-3")], []).ShouldHaveSingleItem();

    private static IEnumerable<string> Of(JsonNode pod, params JsonNode[] events) => Causes.Of(Release, [], [pod], events);

    private static JsonNode Event(string pod, string reason, string message, string at) =>
        Json($$"""{"involvedObject":{"name":"{{pod}}"},"reason":"{{reason}}","message":"{{message}}","lastTimestamp":"{{at}}"}""");

    private static JsonNode Pod(string name = "backend-1", char letter = 'a', bool isReady = false, string? scheduled = null, string? waiting = null) => Json($$$"""
        {
          "metadata": { "name": "{{{name}}}", "labels": { "app.kubernetes.io/name": "backend" } },
          "spec": { "containers": [{ "name": "backend", "image": "registry.example/pcbench/backend@{{{Make.Digest("backend", letter)}}}" }] },
          "status": {
            "phase": "{{{(scheduled is null ? "Running" : "Pending")}}}",
            "conditions": [
              { "type": "Ready", "status": "{{{isReady}}}" },
              { "type": "PodScheduled", "status": "{{{scheduled is null}}}", "reason": "Unschedulable", "message": "{{{scheduled}}}" }],
            "containerStatuses": [{ "name": "backend", "ready": {{{(isReady ? "true" : "false")}}}, "state": {{{(waiting is null ? """{ "running": {} }""" : $$"""{ "waiting": { "reason": "{{waiting}}" } }""")}}} }]
          }
        }
        """);

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
