using P25;
using P25.Observe;

namespace PcBench.P25Tests.Observe;

/// <summary>What <c>p25 observe render</c> does with what it is given.</summary>
public class RenderTests
{
    [Fact]
    public void A_folder_that_cannot_be_written_is_told_with_what_to_do()
    {
        var file = Path.GetTempFileName(); // nobody can make a folder in it, not even root

        var refused = Should.Throw<P25Exception>(() => Render(Path.Combine(file, "out"), []));

        refused.Code.ShouldBe(P25ExitCodes.Usage);
        refused.Message.ShouldContain(file);
        refused.Fix!.ShouldContain("--out");
        File.Delete(file);
    }

    [Fact]
    public void Services_at_addresses_have_the_namespace_that_p25_verify_asks_for()
    {
        var folder = Directory.CreateTempSubdirectory("p25-observe-").FullName;

        Render(folder, [new StaticTarget("stage", "backend", "127.0.0.1:1")]);

        File.ReadAllText(Path.Combine(folder, "prometheus/prometheus.yml")).ShouldContain("{ contour: stage, service: backend, namespace: p25-stage }");
        Directory.Delete(folder, recursive: true);
    }

    private static void Render(string folder, IReadOnlyList<StaticTarget> targets) =>
        new ObserveRenderer(new RenderRequest(Rendered.Source, folder, [("stage", "p25-stage")], targets, null, "alertmanager:9093")).Run();
}
