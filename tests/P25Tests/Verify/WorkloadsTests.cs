using System.Text.Json.Nodes;
using P25.Verify;

namespace PcBench.P25Tests.Verify;

public class WorkloadsTests
{
    private static readonly P25.Releases.Release Release = Make.Release('a');

    [Fact]
    public void All_that_runs_is_the_release() => Workloads.WrongDigests(Release, [Pod("backend"), Pod("ml"), Pod("frontend")]).ShouldBeEmpty();

    [Fact]
    public void A_pod_with_another_digest_is_named() =>
        Workloads.WrongDigests(Release, [Pod("backend"), Pod("backend", letter: 'b'), Pod("ml"), Pod("frontend")]).ShouldHaveSingleItem().ShouldContain(Make.Digest("backend", 'b'));

    [Fact]
    public void An_image_that_no_pod_runs_is_named() => Workloads.WrongDigests(Release, [Pod("backend"), Pod("frontend")]).ShouldHaveSingleItem().ShouldContain("no pod runs ml");

    [Fact]
    public void A_pod_on_its_way_out_does_not_count() =>
        Workloads.WrongDigests(Release, [Pod("backend"), Pod("ml"), Pod("frontend"), Pod("backend", letter: 'b', leaving: true)]).ShouldBeEmpty();

    [Fact]
    public void A_Job_that_began_before_the_release_does_not_count() =>
        Workloads.WrongDigests(Release, [Pod("backend"), Pod("ml"), Pod("frontend"), Pod("ml", letter: 'b', owner: "Job")]).ShouldBeEmpty();

    [Theory]
    [InlineData(2, null, false)]
    [InlineData(3, null, true)]
    [InlineData(0, "ImagePullBackOff", true)]
    [InlineData(0, "CreateContainerConfigError", true)]
    [InlineData(0, "ContainerCreating", false)]
    [InlineData(1, "CrashLoopBackOff", false)]
    public void What_will_not_get_well_by_waiting_is_told_from_what_will(int restarts, string? waiting, bool isBroken) =>
        Workloads.Broken(Release, [Pod("backend", restarts: restarts, waiting: waiting)]).Any().ShouldBe(isBroken);

    [Fact]
    public void The_pods_of_another_release_are_not_its_fault() => Workloads.Broken(Release, [Pod("backend", letter: 'b', restarts: 9)]).ShouldBeEmpty();

    [Theory]
    [InlineData(3, 3, 3, 3, 2, 2, true)]
    [InlineData(3, 3, 3, 3, 2, 1, false)]
    [InlineData(3, 2, 3, 3, 2, 2, false)]
    [InlineData(3, 3, 2, 3, 2, 2, false)]
    [InlineData(3, 3, 3, 4, 2, 2, false)]
    public void A_rollout_is_over_when_all_is_new_available_and_looked_at(int wanted, int updated, int available, int all, long generation, long observed, bool isOver)
    {
        var deployment = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "backend", ["generation"] = generation },
            ["spec"] = new JsonObject { ["replicas"] = wanted },
            ["status"] = new JsonObject { ["observedGeneration"] = observed, ["updatedReplicas"] = updated, ["availableReplicas"] = available, ["replicas"] = all },
        };

        Workloads.NotRolledOut([deployment]).Any().ShouldBe(!isOver);
    }

    [Theory]
    [InlineData('a', "Failed", true, false)]
    [InlineData('a', "Complete", false, false)]
    [InlineData('a', null, false, true)]
    [InlineData('b', "Failed", false, false)]
    [InlineData('b', null, false, false)]
    public void A_Job_of_the_release_has_failed_or_goes_on(char letter, string? ending, bool hasFailed, bool goesOn)
    {
        var job = Job(letter, ending);

        (Workloads.FailedJob(Release, [job]) is not null).ShouldBe(hasFailed);
        Workloads.RunningJobs(Release, [job]).Any().ShouldBe(goesOn);
    }

    [Fact]
    public void Why_a_Job_was_given_up_is_told_in_the_clusters_own_words() =>
        Workloads.FailedJob(Release, [Job('a', "Failed")]).ShouldBe(new FailedJob("migrate", "DeadlineExceeded: Job was active longer than specified deadline"));

    [Theory]
    [InlineData("pre-upgrade", null, true)]
    [InlineData("pre-upgrade", "Failed", false)]
    [InlineData("pre-upgrade", "Complete", false)]
    [InlineData(null, null, false)]
    public void A_migration_of_any_release_that_goes_on_is_found(string? hook, string? ending, bool isFound) =>
        Workloads.UnendedHooks([Job('b', ending, hook)]).ShouldBe(isFound ? ["migrate"] : []);

    private static JsonNode Job(char letter, string? ending, string? hook = null) => JsonNode.Parse($$$"""
        {
          "metadata": { "name": "migrate", "annotations": {{{(hook is null ? "{}" : $$"""{ "helm.sh/hook": "{{hook}}" }""")}}} },
          "spec": { "template": { "spec": { "containers": [{ "name": "migrate", "image": "registry.example/pcbench/backend@{{{Make.Digest("backend", letter)}}}" }] } } },
          "status": { "conditions": [{{{(ending is null ? "" : $$"""{ "type": "{{ending}}", "status": "True", "reason": "DeadlineExceeded", "message": "Job was active longer than specified deadline" }""")}}}] }
        }
        """)!;

    private static JsonObject Pod(string name, char letter = 'a', int restarts = 0, string? waiting = null, bool leaving = false, string owner = "ReplicaSet")
    {
        var image = $"registry.example/pcbench/{name}@{Make.Digest(name, letter)}";
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{name}-1", ["deletionTimestamp"] = leaving ? "2026-06-01T12:00:00Z" : null, ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = owner }) },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = name, ["image"] = image }) },
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["containerStatuses"] = new JsonArray(new JsonObject
                {
                    ["name"] = name,
                    ["image"] = image,
                    ["imageID"] = image,
                    ["restartCount"] = restarts,
                    ["state"] = waiting is null ? new JsonObject() : new JsonObject { ["waiting"] = new JsonObject { ["reason"] = waiting } },
                }),
            },
        };
    }
}
