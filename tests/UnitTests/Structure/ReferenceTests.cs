using System.Xml.Linq;

namespace PcBench.UnitTests.Structure;

/// <summary>Holds which project may know which: the picture in docs/architecture.md.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["PcBench.Contracts"] = [],
        ["PcBench.Imports"] = ["PcBench.Contracts"],
        ["PcBench.Cli"] = ["PcBench.Contracts", "PcBench.Imports"],
        ["PcBench.Platform"] = ["PcBench.Contracts"],
        ["PcBench.Backend"] = ["PcBench.Contracts", "PcBench.Imports", "PcBench.Platform"],
        ["PcBench.Ml"] = ["PcBench.Contracts", "PcBench.Platform"],
        ["PcBench.Web"] = ["PcBench.Contracts"],
        ["PcBench.Standalone"] = ["PcBench.Backend", "PcBench.Ml", "PcBench.Web", "PcBench.Cli"],
        ["P25"] = [],
    };

    [Fact]
    public void Every_project_references_only_what_it_may()
    {
        var projects = Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories);

        projects.ShouldNotBeEmpty();
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Allowed.ShouldContainKey(name, $"{name} is new: say here what it may reference");
            References(project).Except(Allowed[name]).ShouldBeEmpty($"{name} references what it may not");
        }
    }

    [Fact]
    public void Contracts_needs_nothing_but_the_framework() =>
        XDocument.Load(Repository.Path("src/PcBench.Contracts/PcBench.Contracts.csproj"))
            .Descendants("PackageReference").ShouldBeEmpty();

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
}
