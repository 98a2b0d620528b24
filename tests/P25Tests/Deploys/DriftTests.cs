using P25.Deploys;
using P25.Ledger;

namespace PcBench.P25Tests.Deploys;

/// <summary>What differs from what was deployed. The real thing is tests/ClusterTests.</summary>
public class DriftTests
{
    private const string Manifest = "kind: Service\nmetadata: {name: backend}\n---\nkind: Deployment\nmetadata: {name: frontend}\n---\nkind: Secret\nmetadata: {name: token}\n";
    private const string Marks = """
        "annotations":{"meta.helm.sh/release-name":"pcbench","meta.helm.sh/release-namespace":"p25-stage"}
        """;

    private const string Wanted = """
        {"items":[{"kind":"Service","metadata":{"name":"backend"}},{"kind":"Deployment","metadata":{"name":"frontend"},"spec":{"replicas":2}},{"kind":"Secret","metadata":{"name":"token"}}]}
        """;

    [Fact]
    public async Task What_was_changed_by_hand_is_told_with_the_program_and_what_is_gone_is_missing()
    {
        var report = await FindAsync("""
            {"items":[
              {"kind":"Service","metadata":{"name":"backend",MARKS,"managedFields":[{"manager":"helm","fieldsV1":{}}]}},
              {"kind":"Deployment","metadata":{"name":"frontend",MARKS,"managedFields":[{"manager":"kubectl","time":"2026-06-01T12:00:00Z","fieldsV1":{"f:spec":{"f:replicas":{}}}}]},"spec":{"replicas":5}}]}
            """);

        report.Missing.ShouldBe(["Secret token"]);
        var changed = report.Changed.ShouldHaveSingleItem();
        (changed.Object, changed.By.Single(), changed.Lines.Single()).ShouldBe(("Deployment frontend", "kubectl", "spec.replicas: there 5, deployed 2"));
        report.Hands.ShouldHaveSingleItem().Fields.ShouldBe(["spec.replicas"]);
    }

    [Fact]
    public async Task What_Helm_itself_writes_on_an_object_is_no_drift() => (await FindAsync("""
        {"items":[{"kind":"Service","metadata":{"name":"backend",MARKS}},{"kind":"Deployment","metadata":{"name":"frontend",MARKS},"spec":{"replicas":2}},{"kind":"Secret","metadata":{"name":"token",MARKS}}]}
        """)).HasDrift.ShouldBeFalse();

    private static async Task<DriftReport> FindAsync(string there)
    {
        var session = new StandIn(LedgerState.Empty, "deployed") { Manifest = Manifest, Objects = (there.Replace("MARKS", Marks, StringComparison.Ordinal), Wanted) }.Session();
        return await new DriftFinder(session, session.Contours["stage"]).RunAsync(TestContext.Current.CancellationToken);
    }
}
