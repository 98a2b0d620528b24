using System.Reflection;
using System.Text.RegularExpressions;
using PcBench.Shared;

namespace PcBench.UnitTests.Structure;

/// <summary>Holds that what the documentation points at exists.</summary>
public partial class DocumentationTests
{
    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var broken = from page in (string[])["README.md", "bench/README.md", .. Directory.GetFiles(Repository.Path("docs"), "*.md")]
                     let path = Repository.Path(page)
                     from Match link in Link().Matches(File.ReadAllText(path))
                     let target = link.Groups[1].Value
                     where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
                     let file = Path.Combine(Path.GetDirectoryName(path)!, target.Split('#')[0])
                     where !File.Exists(file) && !Directory.Exists(file)
                     select $"{page}: {target}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_exit_codes_are_those_of_the_program()
    {
        var documented = ExitCodeRow().Matches(File.ReadAllText(Repository.Path("docs/cli.md")))
            .Select(row => (Name: row.Groups[2].Value, Code: int.Parse(row.Groups[1].Value)));

        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.Name, Code: (int)field.GetRawConstantValue()!));
        documented.ShouldBe(codes);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();
}
